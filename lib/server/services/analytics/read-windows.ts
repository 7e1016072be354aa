import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { FINEST } from './resolutions'
import { inSegment, type Segment, segmentsOf } from './segments'
import type { Watermark } from './watermark'
import { wholeEndpoint } from './whole-endpoint'
import { readWindowRows, type WindowRow } from './window-rows'

export type RollupFilter = { revision?: number; replicaId?: string }

/** What the rollups of one endpoint hold of the buckets, in no order. */
export async function readWindows(
  db: Database,
  endpointId: string,
  buckets: Buckets,
  mark: Watermark,
  filter: RollupFilter = {},
): Promise<WindowRow[]> {
  const segments = segmentsOf(buckets, mark, { coarsest: buckets.stepSeconds })
  const parts = segments.map(
    segment =>
      and(
        inSegment(requestRollups, segment),
        eq(requestRollups.endpointId, endpointId),
        ...rowsOf(filter, segment),
      ) ?? sql`true`,
  )
  return await readWindowRows(db, parts)
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
