import { HEAT_ROWS } from '@/lib/domain/analytics/heat'
import { PERCENTILES, type Percentile } from '@/lib/domain/analytics/percentiles'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { RequestCharts } from '@/lib/domain/analytics/view'
import { sketchToText } from '@/lib/domain/latency/base64'
import type { Sketch } from '@/lib/domain/latency/sketch'
import type { Database } from '@/lib/server/db/client'
import { type BucketSum, percentilesMs, sumBuckets } from './bucket-sums'
import { bucketsFor, type Window } from './buckets'
import type { RollupSum } from './merge-rollups'
import { readTokenWindows } from './read-token-windows'
import { type RollupFilter, readWindows } from './read-windows'
import { FINEST, FINEST_OF_TOKENS, type Resolution } from './resolutions'
import { readWatermark, type Watermark } from './watermark'

export type RequestFilter = RollupFilter & { tokenId?: string }
/** What a URL filters by. */
export const filterOf = (input: { revision?: number; replica?: string; token?: string }): RequestFilter => ({
  ...(input.revision === undefined ? {} : { revision: input.revision }),
  ...(input.replica === undefined ? {} : { replicaId: input.replica }),
  ...(input.token === undefined ? {} : { tokenId: input.token }),
})
export type RequestView = {
  sinceMs?: number
  period?: 'alone' | 'now' | 'before'
  /** How far rollups are complete, where it is known already. */
  mark?: Watermark
}

/**
 * A gateway writes what it measured within a second or two; a bucket that ended this long ago is final, but for what
 * a gateway spooled while the database was away.
 */
const SETTLED_MS = 35_000

const byPercentile = <T>(value: (index: number) => T): Record<Percentile, T> =>
  Object.fromEntries(PERCENTILES.map((percentile, index) => [percentile, value(index)])) as Record<
    Percentile,
    T
  >

const percentileSeries = (sums: BucketSum[], of: 'total' | 'ttfb' | 'wait') =>
  byPercentile(index => sums.map(sum => sum[of][index] ?? null))

function percentileValues(sketch: Sketch) {
  const values = percentilesMs(sketch)
  return byPercentile(index => values[index] ?? null)
}

/** A gauge's mean over a bucket; the unfinished one counts only the time that has passed. */
function meanOver(integral: number | null, buckets: Buckets, index: number, nowMs: number): number | null {
  if (integral === null) return null
  const startMs = buckets.fromMs + index * buckets.stepSeconds * 1000
  return integral / Math.min(buckets.stepSeconds, Math.max(1, (nowMs - startMs) / 1000))
}

/**
 * Per revision and replica, 10 s windows are kept by status code only: a row for each. Beyond half an hour a filter
 * reads minutes, which are merged over codes.
 */
const FILTERED_BY_10_S_MS = 30 * 60_000

function finestOf(window: Window, tokenId: string | undefined, filter: RollupFilter): Resolution {
  if (tokenId !== undefined) return FINEST_OF_TOKENS
  const isFiltered = filter.revision !== undefined || filter.replicaId !== undefined
  return isFiltered && window.toMs - window.fromMs > FILTERED_BY_10_S_MS ? 60 : FINEST
}

/** The buckets of the window; of the period before it, the same number of the same length. */
export function requestFrame(
  window: Window,
  { tokenId, ...filter }: RequestFilter,
  nowMs: number,
  period: RequestView['period'],
): Buckets {
  const backMs = period === 'now' || period === 'before' ? window.toMs - window.fromMs : 0
  const buckets = bucketsFor(window, nowMs, { minStep: finestOf(window, tokenId, filter), backMs })
  return period === 'before' ? before(buckets, buckets.toMs - buckets.fromMs) : buckets
}

/** So much earlier. */
export const before = (buckets: Buckets, byMs: number): Buckets => ({
  ...buckets,
  fromMs: buckets.fromMs - byMs,
  toMs: buckets.toMs - byMs,
})

/** The buckets from `sinceMs` on; all of them when it is not the start of one. */
function bucketsSince(buckets: Buckets, sinceMs: number | undefined): Buckets {
  const { fromMs, toMs, stepSeconds, count } = buckets
  if (sinceMs === undefined || sinceMs <= fromMs || sinceMs >= toMs) return buckets
  const skipped = (sinceMs - fromMs) / (stepSeconds * 1000)
  return Number.isInteger(skipped) ? { ...buckets, fromMs: sinceMs, count: count - skipped } : buckets
}

function settledBefore({ fromMs, toMs, stepSeconds }: Buckets, nowMs: number): number {
  const stepMs = stepSeconds * 1000
  return Math.min(Math.max(Math.floor((nowMs - SETTLED_MS) / stepMs) * stepMs, fromMs), toMs)
}

/** All charts of an endpoint that come from request rollups, at most 300 points per series. */
export async function requestChartsOf(
  db: Database,
  endpointId: string,
  window: Window,
  filter: RequestFilter,
  nowMs: number,
  { sinceMs, period, mark }: RequestView = {},
): Promise<RequestCharts> {
  const frame = requestFrame(window, filter, nowMs, period)
  const buckets = bucketsSince(frame, sinceMs)
  return await requestChartsIn(db, endpointId, frame, filter, nowMs, { buckets, mark })
}

/** The same of any buckets, or of the newer part of them. */
export async function requestChartsIn(
  db: Database,
  endpointId: string,
  frame: Buckets,
  { tokenId, ...filter }: RequestFilter,
  nowMs: number,
  { buckets = frame, mark }: { buckets?: Buckets; mark?: Watermark | undefined } = {},
): Promise<RequestCharts> {
  const complete = mark ?? (await readWatermark(db))
  const windows =
    tokenId === undefined
      ? await readWindows(db, endpointId, buckets, complete, filter)
      : await readTokenWindows(db, endpointId, buckets, complete, tokenId)
  const settledMs = settledBefore(frame, nowMs)
  const { sums, settled, whole } = sumBuckets(windows, buckets, settledMs)
  const part = buckets.fromMs === frame.fromMs ? settled : whole
  return {
    ...frame,
    nowMs,
    wholeMs: nowMs,
    sinceMs: buckets.fromMs,
    settledMs,
    byToken: tokenId !== undefined,
    part: partOf(part),
    ...seriesOf(sums, buckets, nowMs),
    summary: {
      requests: whole.requests,
      total: percentileValues(whole.total),
      ttfb: percentileValues(whole.ttfb),
      wait: percentileValues(whole.wait),
      recordsKept: whole.recordsKept ?? 0,
    },
  }
}

const partOf = (sum: RollupSum): RequestCharts['part'] => ({
  requests: sum.requests,
  recordsKept: sum.recordsKept ?? 0,
  total: sketchToText(sum.total),
  ttfb: sketchToText(sum.ttfb),
  wait: sketchToText(sum.wait),
})

function seriesOf(sums: BucketSum[], buckets: Buckets, nowMs: number) {
  const codes = new Set(sums.flatMap(sum => Object.keys(sum.statusCounts ?? {}).map(Number)))
  return {
    statuses: [...codes]
      .sort((a, b) => a - b)
      .map(status => ({ status, counts: sums.map(sum => sum.statusCounts?.[status] ?? 0) })),
    heat: Array.from({ length: HEAT_ROWS }, (_, row) => sums.map(sum => sum.heat[row] ?? 0)),
    total: percentileSeries(sums, 'total'),
    ttfb: percentileSeries(sums, 'ttfb'),
    wait: percentileSeries(sums, 'wait'),
    inFlightMax: sums.map(sum => sum.inFlightMax),
    inFlightMean: sums.map((sum, index) => meanOver(sum.inFlightSeconds, buckets, index, nowMs)),
    waitingMax: sums.map(sum => sum.waitingMax),
    bytesIn: sums.map(sum => sum.bytesIn),
    bytesOut: sums.map(sum => sum.bytesOut),
    tokensIn: sums.map(sum => sum.tokensIn),
    tokensOut: sums.map(sum => sum.tokensOut),
    gapsMs: sums.flatMap((sum, index) =>
      sum.gapPossible ? [buckets.fromMs + index * buckets.stepSeconds * 1000] : [],
    ),
  }
}
