import { and, eq, gt, or } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { tokenRollups } from '@/lib/server/db/schema/token-rollups'
import { emptySum, type RollupSum } from './merge-rollups'
import { FINEST_OF_TOKENS } from './resolutions'
import { inSegment, type Segment, segmentsOf } from './segments'
import { readWatermark } from './watermark'
import { wholeEndpoint } from './whole-endpoint'

/**
 * One sum per bucket from one token's rollups: counts by class (`400` stands for all 4xx but 499) and total latency,
 * all that is kept per token.
 */
export async function readTokenWindows(
  db: Database,
  endpointId: string,
  { fromMs, toMs, stepSeconds, count }: Buckets,
  tokenId: string,
): Promise<RollupSum[]> {
  const limits = { coarsest: stepSeconds, finest: FINEST_OF_TOKENS }
  const mark = await readWatermark(db)
  const segments = segmentsOf({ fromMs, toMs }, mark, limits)
  const rows = await db
    .select({
      windowStart: tokenRollups.windowStart,
      statusClass: tokenRollups.statusClass,
      requests: tokenRollups.requests,
      total: tokenRollups.total,
    })
    .from(tokenRollups)
    .where(
      and(
        eq(tokenRollups.endpointId, endpointId),
        eq(tokenRollups.tokenId, tokenId),
        or(...segments.map(segment => inSegment(tokenRollups, segment))),
      ),
    )
  const sums = Array.from({ length: count }, emptySum)
  for (const row of rows) {
    const sum = sums[Math.floor((row.windowStart.getTime() - fromMs) / (stepSeconds * 1000))]
    if (!sum) continue
    const status = row.statusClass < 10 ? row.statusClass * 100 : row.statusClass
    sum.requests += row.requests
    sum.statusCounts ??= {}
    sum.statusCounts[status] = (sum.statusCounts[status] ?? 0) + row.requests
    if (row.total) sum.total.mergeEncoded(row.total)
  }
  for (const gap of await gapsIn(
    db,
    endpointId,
    segmentsOf({ fromMs, toMs }, mark, { coarsest: stepSeconds }),
  )) {
    const sum = sums[Math.floor((gap.getTime() - fromMs) / (stepSeconds * 1000))]
    if (sum) sum.gapPossible = 1
  }
  return sums
}

/** A gateway that ended without warning lost requests of any token: only the endpoint's own rows know of it. */
async function gapsIn(db: Database, endpointId: string, segments: Segment[]): Promise<Date[]> {
  const rows = await db
    .select({ at: requestRollups.windowStart })
    .from(requestRollups)
    .where(
      and(
        eq(requestRollups.endpointId, endpointId),
        ...wholeEndpoint,
        gt(requestRollups.gapPossible, 0),
        or(...segments.map(segment => inSegment(requestRollups, segment))),
      ),
    )
  return rows.map(({ at }) => at)
}
