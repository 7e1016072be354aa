import { and, eq, or, sql } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { inSegment, segmentsOf } from './segments'
import { readWatermark } from './watermark'
import { wholeEndpoint } from './whole-endpoint'

/** Requests in a window and how many of them were kept as records, without reading a sketch. */
export async function countRequests(
  db: Database,
  endpointId: string,
  buckets: Buckets,
): Promise<{ seen: number; kept: number }> {
  const segments = segmentsOf(buckets, await readWatermark(db), { coarsest: buckets.stepSeconds })
  const [row] = await db
    .select({
      seen: sql<string>`coalesce(sum(${requestRollups.requests}), 0)`,
      kept: sql<string>`coalesce(sum(${requestRollups.recordsKept}), 0)`,
    })
    .from(requestRollups)
    .where(
      and(
        eq(requestRollups.endpointId, endpointId),
        ...wholeEndpoint,
        or(...segments.map(segment => inSegment(requestRollups, segment))),
      ),
    )
  return { seen: Number(row?.seen ?? 0), kept: Number(row?.kept ?? 0) }
}
