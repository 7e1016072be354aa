import { and, eq, or } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { tokenRollups } from '@/lib/server/db/schema/token-rollups'
import { emptySum, type RollupSum } from './merge-rollups'
import { FINEST_OF_TOKENS } from './resolutions'
import { inSegment, segmentsOf } from './segments'
import { readWatermark } from './watermark'

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
  const segments = segmentsOf({ fromMs, toMs }, await readWatermark(db), limits)
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
  return sums
}
