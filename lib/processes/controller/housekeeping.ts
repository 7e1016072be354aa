import { and, eq, lt, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Database } from '@/lib/server/db/client'
import { ensurePartitions } from '@/lib/server/db/partitions'
import { processes } from '@/lib/server/db/schema/processes'
import { tokens } from '@/lib/server/db/schema/tokens'
import { dropExpired } from '@/lib/server/services/analytics/drop-expired'
import { runRollups } from '@/lib/server/services/analytics/run-rollups'
import { watchAddresses } from '@/lib/server/services/network/watch-addresses'
import { type Loop, startLoop } from './loop'

const ROLLUP_MS = 10_000
/** A gateway that cannot get anywhere says so within 8 s, twice. */
const ADDRESSES_MS = 20_000
const HOUR_MS = 3_600_000

/** Analytics still name the requests of a playground token for this long. */
const PLAYGROUND_TOKEN_KEPT = sql`interval '1 day'`
const PROCESS_ROW_KEPT = sql`interval '1 hour'`

/** The work nobody waits for. Each piece is idempotent, so several controllers may do it side by side. */
export function startHousekeeping(db: Database, logger: Logger): { stop: () => Promise<void> } {
  const every = (ms: number, name: string, work: () => Promise<unknown>): Loop =>
    startLoop(async () => {
      try {
        await work()
      } catch (error) {
        logger.error({ err: error, work: name }, 'housekeeping failed; trying again later')
      }
      return ms
    })
  const loops = [
    every(ROLLUP_MS, 'rollups', async () => {
      const { tooLate } = await runRollups(db, new Date())
      if (tooLate > 0)
        logger.error({ requests: tooLate }, 'measurements came after the windows they belong to were dropped')
    }),
    every(ADDRESSES_MS, 'private addresses', () => watchAddresses(db)),
    every(HOUR_MS, 'partitions', () => ensurePartitions(db, new Date())),
    every(HOUR_MS, 'retention', () => dropExpired(db, new Date())),
    every(HOUR_MS, 'leftovers', () => deleteLeftovers(db)),
  ]
  return {
    stop: async () => {
      await Promise.all(loops.map(loop => loop.stop()))
    },
  }
}

/** Rows that have no meaning any more: playground tokens long expired, programs long gone. */
export async function deleteLeftovers(db: Database): Promise<void> {
  await db
    .delete(tokens)
    .where(and(eq(tokens.purpose, 'playground'), lt(tokens.expiresAt, sql`now() - ${PLAYGROUND_TOKEN_KEPT}`)))
  await db.delete(processes).where(lt(processes.seenAt, sql`now() - ${PROCESS_ROW_KEPT}`))
}
