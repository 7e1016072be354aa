import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { dataFolderOf } from '@/lib/server/db/embedded/cluster'
import { knownHome } from '@/lib/server/db/embedded/home'
import { findPostmaster, stopPostmaster } from '@/lib/server/db/embedded/postmaster'
import { isSameProcess, processStartTime } from '@/lib/server/process-identity'

const PREFIX = 'slipway-test-pg-'
const owner = z.object({ pid: z.number(), startTime: z.string() })

/** A data directory for this test run's PostgreSQL, marked with who owns it. */
export async function makeServerFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
  // mkdtemp closes it to all others; PostgreSQL's own account must pass through.
  await chmod(folder, 0o711)
  const self = { pid: process.pid, startTime: processStartTime(process.pid) }
  await writeFile(join(folder, 'owner.json'), JSON.stringify(self))
  return folder
}

/** Stops and removes the servers of test runs that were killed before they could. */
export async function removeAbandonedServers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const folder = join(tmpdir(), name)
    const text = await readFile(join(folder, 'owner.json'), 'utf8').catch(() => null)
    const parsed = text === null ? null : owner.safeParse(JSON.parse(text))
    // Without a readable mark it may be another user's, or one being made this moment.
    if (!parsed?.success || isSameProcess(parsed.data)) continue
    const left = await findPostmaster(dataFolderOf(await knownHome(folder)))
    if (left) await stopPostmaster(left, 5_000)
    await rm(folder, { recursive: true, force: true })
  }
}
