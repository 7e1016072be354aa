import type { Database } from '@/lib/server/db/client'
import { dropPartitions } from '@/lib/server/db/partitions'
import { env } from '@/lib/server/env'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Drops whole partitions whose newest window is past its retention; returns their names. */
export async function dropExpired(db: Database, now: Date): Promise<string[]> {
  const e = env()
  const before = (ms: number) => new Date(now.getTime() - ms)
  const fine = before(e.SLIPWAY_ROLLUP_10S_HOURS * HOUR_MS)
  const minutes = before(e.SLIPWAY_ROLLUP_1M_DAYS * DAY_MS)
  const hours = before(e.SLIPWAY_ROLLUP_1H_DAYS * DAY_MS)
  const cuts: [string, Date][] = [
    ['request_rollups_10', fine],
    ['hardware_rollups_10', fine],
    ['request_rollups_60', minutes],
    ['hardware_rollups_60', minutes],
    ['token_rollups_60', minutes],
    ['request_rollups_3600', hours],
    ['hardware_rollups_3600', hours],
    ['token_rollups_3600', hours],
    ['request_records', before(e.SLIPWAY_RECORD_RETENTION_DAYS * DAY_MS)],
    ['team_refusals', minutes],
  ]
  const dropped: string[] = []
  for (const [table, cut] of cuts) dropped.push(...(await dropPartitions(db, table, cut)))
  return dropped
}
