import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isSameProcess } from '@/lib/server/process-identity'

const record = z.object({
  pid: z.number().int().positive(),
  startTime: z.string(),
  /** Of the code and environment it was started with: an equal one can be adopted, another must be replaced. */
  fingerprint: z.string(),
  /** Where it was told to listen; 0 where it was not. */
  port: z.number().int(),
})
export type LaunchRecord = z.infer<typeof record>

const pathOf = (dataDir: string, name: string) => join(dataDir, 'run', `${name}.launch.json`)

/** Written right after the spawn, so that a supervisor killed in any moment leaves no process it cannot find. */
export function writeLaunchRecord(dataDir: string, name: string, launch: LaunchRecord): void {
  const path = pathOf(dataDir, name)
  writeFileSync(`${path}.tmp`, JSON.stringify(launch), { mode: 0o600 })
  renameSync(`${path}.tmp`, path)
}

/** The program an earlier supervisor left running; null when it is gone. */
export function findLaunched(dataDir: string, name: string): LaunchRecord | null {
  try {
    const found = record.parse(JSON.parse(readFileSync(pathOf(dataDir, name), 'utf8')))
    return isSameProcess(found) ? found : null
  } catch {
    return null
  }
}

export const removeLaunchRecord = (dataDir: string, name: string): void =>
  rmSync(pathOf(dataDir, name), { force: true })

export function fingerprintOf(codeFiles: readonly string[], environment: NodeJS.ProcessEnv): string {
  const hash = createHash('sha256')
  for (const file of codeFiles) hash.update(readFileSync(file)).update('\0')
  for (const [name, value] of Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}=${value}\0`)
  return hash.digest('hex')
}
