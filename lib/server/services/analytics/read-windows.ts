import { and, eq, gte, lt, type SQL } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { addRow, emptySum, type RollupRow, type RollupSum } from './merge-rollups'
import { readWatermark, type Watermark } from './watermark'

export type RollupFilter = { revision?: number; replicaId?: string }
/** One sum per bucket, and one over all. */
export type Windows = { sums: RollupSum[]; whole: RollupSum }
type Segment = { resolution: number; fromMs: number; toMs: number }

/**
 * Which rows answer a window: the coarsest that are complete and fit the step, finer ones for the newest part that
 * is not rolled up yet. Rows read are bounded whatever the range.
 */
export function segmentsOf(buckets: Buckets, mark: Watermark): Segment[] {
  const { fromMs, toMs, stepSeconds } = buckets
  const hoursTo = stepSeconds >= 3600 ? Math.min(mark.hourMs, toMs) : fromMs
  const minutesFrom = Math.max(hoursTo, fromMs)
  const minutesTo = stepSeconds >= 60 ? Math.max(minutesFrom, Math.min(mark.minuteMs, toMs)) : minutesFrom
  return [
    { resolution: 3600, fromMs, toMs: hoursTo },
    { resolution: 60, fromMs: minutesFrom, toMs: minutesTo },
    { resolution: 10, fromMs: Math.max(minutesTo, fromMs), toMs },
  ].filter(segment => segment.toMs > segment.fromMs)
}

/** Merged rows without a filter; with one, the rows of single revisions and replicas it leaves. */
function dimensions(filter: RollupFilter): SQL[] {
  if (filter.revision === undefined && filter.replicaId === undefined) {
    return [
      eq(requestRollups.revision, 0),
      eq(requestRollups.replicaId, MERGED_UUID),
      eq(requestRollups.status, 0),
    ]
  }
  return [
    gte(requestRollups.status, 1),
    ...(filter.revision === undefined ? [] : [eq(requestRollups.revision, filter.revision)]),
    ...(filter.replicaId === undefined ? [] : [eq(requestRollups.replicaId, filter.replicaId)]),
  ]
}

/** The sums of buckets from the rollups of one endpoint. */
export async function readWindows(
  db: Database,
  endpointId: string,
  buckets: Buckets,
  filter: RollupFilter = {},
): Promise<Windows> {
  const mark = await readWatermark(db)
  const sums = Array.from({ length: buckets.count }, emptySum)
  const parts = await Promise.all(
    segmentsOf(buckets, mark).map(segment =>
      db
        .select()
        .from(requestRollups)
        .where(
          and(
            eq(requestRollups.resolution, segment.resolution),
            eq(requestRollups.endpointId, endpointId),
            gte(requestRollups.windowStart, new Date(segment.fromMs)),
            lt(requestRollups.windowStart, new Date(segment.toMs)),
            ...dimensions(filter),
          ),
        ),
    ),
  )
  for (const row of parts.flat()) {
    const index = Math.floor((row.windowStart.getTime() - buckets.fromMs) / (buckets.stepSeconds * 1000))
    const sum = sums[index]
    if (sum) addRow(sum, withStatusCounts(row))
  }
  return { sums, whole: wholeOf(sums) }
}

/** Rows of one status carry it as their key; charts want it as a count. */
const withStatusCounts = (row: RollupRow): RollupRow =>
  row.status === 0 ? row : { ...row, statusCounts: { [row.status]: row.requests } }

/** Merged over buckets: exact, not averaged. Gauges belong to single buckets and are left out. */
export function wholeOf(sums: readonly RollupSum[]): RollupSum {
  const whole = emptySum()
  for (const sum of sums) addSum(whole, sum)
  return whole
}

function addSum(whole: RollupSum, part: RollupSum): void {
  whole.windows += part.windows
  whole.requests += part.requests
  whole.recordsKept = (whole.recordsKept ?? 0) + (part.recordsKept ?? 0)
  whole.total.merge(part.total)
  whole.ttfb.merge(part.ttfb)
  whole.wait.merge(part.wait)
}
