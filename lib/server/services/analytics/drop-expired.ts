import type { Database } from '@/lib/server/db/client'
import { dropPartitions } from '@/lib/server/db/partitions'
import { env } from '@/lib/server/env'
import { FINEST, FINEST_OF_TOKENS, RESOLUTIONS, type Resolution, ROLL_UPS } from './resolutions'
import { readWatermark, writeGoneBefore } from './watermark'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How long what is kept. */
export type Retention = { fineMs: number; minutesMs: number; hoursMs: number; recordsMs: number }

const configured = (): Retention => {
  const e = env()
  return {
    fineMs: e.SLIPWAY_ROLLUP_10S_HOURS * HOUR_MS,
    minutesMs: e.SLIPWAY_ROLLUP_1M_DAYS * DAY_MS,
    hoursMs: e.SLIPWAY_ROLLUP_1H_DAYS * DAY_MS,
    recordsMs: e.SLIPWAY_RECORD_RETENTION_DAYS * DAY_MS,
  }
}

const FINEST_TABLE = `request_rollups_${FINEST}`

const keptMs = (resolution: Resolution, kept: Retention): number =>
  resolution === FINEST ? kept.fineMs : resolution < 3600 ? kept.minutesMs : kept.hoursMs

/**
 * Drops whole partitions whose newest window is past its retention; returns their names. What is not rolled up yet
 * stays: after a long stop of the controller it is all there is.
 */
export async function dropExpired(db: Database, now: Date, kept = configured()): Promise<string[]> {
  const mark = await readWatermark(db)
  const before = (ms: number) => new Date(now.getTime() - ms)
  const cuts: [string, Date][] = RESOLUTIONS.flatMap(resolution => {
    const target = ROLL_UPS.find(({ source }) => source === resolution)?.target
    const rolledUpMs = target === undefined ? Number.POSITIVE_INFINITY : (mark[target] ?? 0)
    const cut = new Date(Math.min(before(keptMs(resolution, kept)).getTime(), rolledUpMs))
    const kinds = resolution < FINEST_OF_TOKENS ? ['request', 'hardware'] : ['request', 'hardware', 'token']
    return kinds.map((kind): [string, Date] => [`${kind}_rollups_${resolution}`, cut])
  })
  cuts.push(['request_records', before(kept.recordsMs)], ['team_refusals', before(kept.minutesMs)])
  const dropped: string[] = []
  for (const [table, cut] of cuts) {
    const names = await dropPartitions(db, table, cut)
    // These parts are whole days.
    if (table === FINEST_TABLE && names.length > 0)
      await writeGoneBefore(db, Math.floor(cut.getTime() / DAY_MS) * DAY_MS)
    dropped.push(...names)
  }
  return dropped
}
