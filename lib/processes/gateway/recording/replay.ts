import { rm, stat } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Database } from '@/lib/server/db/client'
import type { DeltaLine } from './delta'
import { isOwnerAlive, type Owner } from './owner'
import { readSpool, type SpoolFile, spoolFiles } from './spool'
import { writeDelta } from './write-delta'

type Options = {
  folder: string
  db: Database
  logger: Logger
  /** The process that replays. */
  self: Owner
  /** Minutes it still writes itself. */
  isPending: (minuteMs: number) => boolean
}

/** A file without a whole first line this old was not just begun. */
const STILLBORN_AFTER_MS = 60_000

/**
 * Writes to the database what gateways left behind on disk when they, or the database, were gone, and removes the
 * files. Rows carry their process's name and replace, so neither a repeat nor two gateways doing this at once
 * counts anything twice. @throws Error when the database refuses; files stay then.
 */
export async function replaySpools({ folder, db, logger, self, isPending }: Options): Promise<void> {
  const files = await spoolFiles(folder)
  for (const file of files) {
    const isOwn = file.processId === self.processId
    if (isOwn && isPending(file.minuteMs)) continue
    const content = await readSpool(file.path).catch(() => null)
    if (!content) {
      await removeStillborn(file)
      continue
    }
    if (!isOwn && (await isAlive(db, content.owner, self.host))) continue
    const isLast = !files.some(other => other.processId === file.processId && other.minuteMs > file.minuteMs)
    const wasKilled = !isOwn && isLast && !content.endedCleanly
    const line = content.delta.toLine()
    await writeDelta(db, file.processId, wasKilled ? withGap(line) : line)
    if (!isOwn) await db.execute(sql`delete from processes where id = ${file.processId}`)
    await rm(file.path, { force: true })
    const { unreadableLines } = content
    logger.info(
      { of: file.processId, minute: new Date(file.minuteMs), unreadableLines },
      'replayed measurements',
    )
  }
}

async function removeStillborn({ path }: SpoolFile): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found && Date.now() - found.mtimeMs > STILLBORN_AFTER_MS) await rm(path, { force: true })
}

/** On this machine the kernel knows; of others only the heartbeat tells. */
async function isAlive(db: Database, owner: Owner, host: string): Promise<boolean> {
  if (owner.host === host) return isOwnerAlive(owner)
  const found = await db.execute(
    sql`select 1 from processes where id = ${owner.processId} and seen_at > now() - interval '15 seconds'`,
  )
  return found.rows.length > 0
}

/** The last window of a process that was killed may miss its last two seconds: it says so. */
function withGap(line: DeltaLine): DeltaLine {
  const last = Math.max(...line.rollups.map(row => row.windowMs))
  const rollups = line.rollups.map(row => (row.windowMs === last ? { ...row, gapPossible: 1 as const } : row))
  return { ...line, rollups }
}
