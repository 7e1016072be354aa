import { and, eq, or, sql } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { requestRecords } from '@/lib/server/db/schema/request-records'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { inSegment, segmentsOf } from './segments'
import { readWatermark } from './watermark'
import { wholeEndpoint } from './whole-endpoint'

type Count = {
  seen: number
  /** Of them still there as records. */
  kept: number
  /** The oldest of them where others have expired. */
  keptSince: string | null
}

/** Requests in a window and how many of them are kept as records, without reading a sketch. */
export async function countRequests(db: Database, endpointId: string, buckets: Buckets): Promise<Count> {
  const segments = segmentsOf(buckets, await readWatermark(db), { coarsest: buckets.stepSeconds })
  const { requests, recordsKept, windowStart, resolution } = requestRollups
  const oldest = sql`(select min(${requestRecords.at}) from ${requestRecords} where ${requestRecords.endpointId} = ${endpointId})`
  const isKept = sql`${windowStart} + make_interval(secs => ${resolution}) > ${oldest}`
  const [row] = await db
    .select({
      seen: sql<string>`coalesce(sum(${requests}), 0)`,
      written: sql<string>`coalesce(sum(${recordsKept}), 0)`,
      kept: sql<string>`coalesce(sum(${recordsKept}) filter (where ${isKept}), 0)`,
      oldest: sql<Date | null>`${oldest}`.mapWith(requestRecords.at),
    })
    .from(requestRollups)
    .where(
      and(
        eq(requestRollups.endpointId, endpointId),
        ...wholeEndpoint,
        or(...segments.map(segment => inSegment(requestRollups, segment))),
      ),
    )
  const kept = Number(row?.kept ?? 0)
  const hasExpired = kept < Number(row?.written ?? 0)
  return {
    seen: Number(row?.seen ?? 0),
    kept,
    keptSince: hasExpired ? (row?.oldest?.toISOString() ?? null) : null,
  }
}
