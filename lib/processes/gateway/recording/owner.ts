import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { isSameProcess, processStartTime } from '@/lib/server/process-identity'

/** One gateway process, beyond its lifetime. */
export const owner = z.object({
  processId: z.string(),
  host: z.string(),
  pid: z.number().int(),
  startTime: z.string(),
})
export type Owner = z.infer<typeof owner>

/** This process, under a name that is new at every start. */
export function newOwner(): Owner {
  const host = hostname()
  const processId = `gateway-${host}-${randomBytes(6).toString('hex')}`
  return { processId, host, pid: process.pid, startTime: processStartTime(process.pid) ?? '' }
}

export const isOwnerAlive = ({ pid, startTime }: Owner): boolean => isSameProcess({ pid, startTime })

const MARKER = /^alive-.+\.json$/
const markerOf = (folder: string, { processId }: Owner) => join(folder, `alive-${processId}.json`)

/**
 * Marks this process as running, until `unmark`. Returns whether a gateway of this machine ended without unmarking:
 * it was killed, and what it measured in its last two seconds may be missing.
 */
export async function markRunning(folder: string, self: Owner): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let wasKilled = false
  for (const name of await readdir(folder)) {
    if (!MARKER.test(name)) continue
    const found = owner.safeParse(await readJson(join(folder, name)))
    if (found.success && (found.data.host !== self.host || isOwnerAlive(found.data))) continue
    wasKilled = true
    await rm(join(folder, name), { force: true })
  }
  await writeFile(markerOf(folder, self), JSON.stringify(self), { mode: 0o600 })
  return wasKilled
}

export const unmark = (folder: string, self: Owner): Promise<void> =>
  rm(markerOf(folder, self), { force: true })

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return null
  }
}
