import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { addRow, emptySum, type RollupSum, withStatusCounts } from './merge-rollups'
import { FINEST } from './resolutions'
import { inSegment, type Segment, segmentsOf } from './segments'
import { readWatermark } from './watermark'
import { wholeEndpoint } from './whole-endpoint'
import { readWindowRows } from './window-rows'

export type RollupFilter = { revision?: number; replicaId?: string }

/** One sum per bucket from the rollups of one endpoint. */
export async function readWindows(
  db: Database,
  endpointId: string,
  buckets: Buckets,
  filter: RollupFilter = {},
): Promise<RollupSum[]> {
  const { fromMs, stepSeconds, count } = buckets
  const segments = segmentsOf(buckets, await readWatermark(db), { coarsest: stepSeconds })
  const sums = Array.from({ length: count }, emptySum)
  const parts = segments.map(
    segment =>
      and(
        inSegment(requestRollups, segment),
        eq(requestRollups.endpointId, endpointId),
        ...rowsOf(filter, segment),
      ) ?? sql`true`,
  )
  for (const row of await readWindowRows(db, parts)) {
    const sum = sums[Math.floor((row.startMs - fromMs) / (stepSeconds * 1000))]
    if (sum) addRow(sum, withStatusCounts(row))
  }
  return sums
}

/**
 * One row per window: of the endpoint as a whole, of a revision or of a replica. Only the newest windows have none
 * yet for revisions and replicas; there the rows of single codes are added up.
 */
function rowsOf({ revision, replicaId }: RollupFilter, { resolution }: Segment): SQL[] {
  if (revision === undefined && replicaId === undefined) return wholeEndpoint
  const ofRevision =
    revision === undefined ? gt(requestRollups.revision, 0) : eq(requestRollups.revision, revision)
  // Rows of no replica are single codes only: merged, the zero id stands for all replicas of a revision.
  if (resolution === FINEST || replicaId === MERGED_UUID) {
    const ofReplica = replicaId === undefined ? [] : [eq(requestRollups.replicaId, replicaId)]
    return [gt(requestRollups.status, 0), ofRevision, ...ofReplica]
  }
  return [eq(requestRollups.status, 0), ofRevision, eq(requestRollups.replicaId, replicaId ?? MERGED_UUID)]
}

/** Merged over buckets: exact, not averaged. Gauges belong to single buckets and are left out. */
export function wholeOf(sums: readonly RollupSum[]): RollupSum {
  const whole = emptySum()
  for (const sum of sums) {
    whole.requests += sum.requests
    whole.recordsKept = (whole.recordsKept ?? 0) + (sum.recordsKept ?? 0)
    whole.total.merge(sum.total)
    whole.ttfb.merge(sum.ttfb)
    whole.wait.merge(sum.wait)
  }
  return whole
}
