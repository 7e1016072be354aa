import { and, eq, gt, or } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { tokenRollups } from '@/lib/server/db/schema/token-rollups'
import { FINEST_OF_TOKENS } from './resolutions'
import { inSegment, type Segment, segmentsOf } from './segments'
import type { Watermark } from './watermark'
import { wholeEndpoint } from './whole-endpoint'
import type { WindowRow } from './window-rows'

/** A window of which nothing is known but this. */
const windowAt = (
  startMs: number,
  status: number,
  requests: number,
  total: Buffer | null,
  gap = 0,
): WindowRow => ({
  startMs,
  resolution: FINEST_OF_TOKENS,
  status,
  requests,
  statusCounts: null,
  bytesIn: 0,
  bytesOut: 0,
  tokensIn: 0,
  tokensOut: 0,
  total,
  ttfb: null,
  wait: null,
  inFlightMax: null,
  inFlightMean: null,
  waitingMax: null,
  waitingMean: null,
  recordsKept: null,
  gapPossible: gap,
})

/**
 * One token's windows: counts by class (`400` stands for all 4xx but 499) and total latency, all that is kept per
 * token. Gaps are windows without requests.
 */
export async function readTokenWindows(
  db: Database,
  endpointId: string,
  buckets: Buckets,
  mark: Watermark,
  tokenId: string,
): Promise<WindowRow[]> {
  const coarsest = buckets.stepSeconds
  const segments = segmentsOf(buckets, mark, { coarsest, finest: FINEST_OF_TOKENS })
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
  const gaps = await gapsIn(db, endpointId, segmentsOf(buckets, mark, { coarsest }))
  return [
    ...rows.map(({ windowStart, statusClass, requests, total }) =>
      windowAt(windowStart.getTime(), statusClass < 10 ? statusClass * 100 : statusClass, requests, total),
    ),
    ...gaps.map(at => windowAt(at.getTime(), 0, 0, null, 1)),
  ]
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
