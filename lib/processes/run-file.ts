import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { env } from '@/lib/server/env'
import { isSameProcess, processStartTime } from '@/lib/server/process-identity'

const runFile = z.object({
  pid: z.number().int().positive(),
  /** Kernel start time: with the pid it names one process for good, where a pid alone is reused. */
  startTime: z.string(),
  port: z.number().int().min(0).max(65_535),
  startedAt: z.iso.datetime(),
})
export type RunFile = z.infer<typeof runFile>

const folderOf = (dataDir: string) => join(dataDir, 'run')
const pathOf = (dataDir: string, name: string) => join(folderOf(dataDir), `${name}.json`)

/** Says that this process is ready and where it listens (0 where it does not). Replaces the file in one step. */
export function writeRunFile(
  name: string,
  { port, pid = process.pid }: { port: number; pid?: number },
  dataDir = env().SLIPWAY_DATA_DIR,
): RunFile {
  const startTime = processStartTime(pid)
  if (startTime === null) throw new Error(`Process ${pid} is gone; it cannot be recorded as ${name}.`)
  const content: RunFile = { pid, startTime, port, startedAt: new Date().toISOString() }
  mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 })
  const path = pathOf(dataDir, name)
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, `${JSON.stringify(content)}\n`, { mode: 0o600 })
  renameSync(temporary, path)
  return content
}

/** What a program last wrote; null when it never did or the file is not readable as one. */
export function readRunFile(name: string, dataDir = env().SLIPWAY_DATA_DIR): RunFile | null {
  try {
    return runFile.parse(JSON.parse(readFileSync(pathOf(dataDir, name), 'utf8')))
  } catch {
    return null
  }
}

/** The run file of a program that is still the very process that wrote it. */
export function readLiveRunFile(name: string, dataDir = env().SLIPWAY_DATA_DIR): RunFile | null {
  const found = readRunFile(name, dataDir)
  return found && isSameProcess(found) ? found : null
}

export function removeRunFile(name: string, dataDir = env().SLIPWAY_DATA_DIR): void {
  rmSync(pathOf(dataDir, name), { force: true })
}
