import { and, eq, gte, lt, or } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { tokenRollups } from '@/lib/server/db/schema/token-rollups'
import { emptySum } from './merge-rollups'
import { type Windows, wholeOf } from './read-windows'
import { readWatermark } from './watermark'

/** The finest windows of tokens; the gateways write them themselves. */
export const TOKEN_STEP_SECONDS = 60

/**
 * The sums of buckets from one token's rollups: counts by class (`400` stands for all 4xx) and total latency, all
 * that is kept per token. Hours as far as they are complete and fit the step, minutes after that.
 */
export async function readTokenWindows(
  db: Database,
  endpointId: string,
  buckets: Buckets,
  tokenId: string,
): Promise<Windows> {
  const { fromMs, toMs, stepSeconds, count } = buckets
  const { hourMs } = await readWatermark(db)
  const hoursTo = stepSeconds >= 3600 ? Math.min(Math.max(hourMs, fromMs), toMs) : fromMs
  const part = (resolution: number, from: number, to: number) =>
    and(
      eq(tokenRollups.resolution, resolution),
      gte(tokenRollups.windowStart, new Date(from)),
      lt(tokenRollups.windowStart, new Date(to)),
    )
  const rows = await db
    .select()
    .from(tokenRollups)
    .where(
      and(
        eq(tokenRollups.endpointId, endpointId),
        eq(tokenRollups.tokenId, tokenId),
        or(part(3600, fromMs, hoursTo), part(60, hoursTo, toMs)),
      ),
    )
  const sums = Array.from({ length: count }, emptySum)
  for (const row of rows) {
    const sum = sums[Math.floor((row.windowStart.getTime() - fromMs) / (stepSeconds * 1000))]
    if (!sum) continue
    const status = row.statusClass * 100
    sum.requests += row.requests
    sum.statusCounts ??= {}
    sum.statusCounts[status] = (sum.statusCounts[status] ?? 0) + row.requests
    if (row.total) sum.total.mergeEncoded(row.total)
  }
  return { sums, whole: wholeOf(sums) }
}
