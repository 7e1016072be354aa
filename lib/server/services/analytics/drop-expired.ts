import type { Database } from '@/lib/server/db/client'
import { dropPartitions } from '@/lib/server/db/partitions'
import { env } from '@/lib/server/env'
import { FINEST, FINEST_OF_TOKENS, RESOLUTIONS } from './resolutions'

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
    ...RESOLUTIONS.flatMap(resolution => {
      const cut = resolution === FINEST ? fine : resolution < 3600 ? minutes : hours
      const kinds = resolution < FINEST_OF_TOKENS ? ['request', 'hardware'] : ['request', 'hardware', 'token']
      return kinds.map((kind): [string, Date] => [`${kind}_rollups_${resolution}`, cut])
    }),
    ['request_records', before(e.SLIPWAY_RECORD_RETENTION_DAYS * DAY_MS)],
    ['team_refusals', minutes],
  ]
  const dropped: string[] = []
  for (const [table, cut] of cuts) dropped.push(...(await dropPartitions(db, table, cut)))
  return dropped
}
