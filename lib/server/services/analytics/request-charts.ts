import type { Buckets } from '@/lib/domain/analytics/range'
import { PERCENTILES, type Percentile, QUANTILE, type RequestCharts } from '@/lib/domain/analytics/view'
import type { Sketch } from '@/lib/domain/latency/sketch'
import type { Database } from '@/lib/server/db/client'
import { bucketsFor, type Window } from './buckets'
import type { RollupSum } from './merge-rollups'
import { type RollupFilter, readWindows } from './read-windows'

const quantileMs = (sketch: Sketch, percentile: Percentile): number | null => {
  const us = sketch.quantile(QUANTILE[percentile])
  return us === null ? null : us / 1000
}

const record = <T>(value: (percentile: Percentile) => T): Record<Percentile, T> =>
  Object.fromEntries(PERCENTILES.map(percentile => [percentile, value(percentile)])) as Record<Percentile, T>

const percentileSeries = (sums: RollupSum[], of: (sum: RollupSum) => Sketch) =>
  record(percentile => sums.map(sum => quantileMs(of(sum), percentile)))

const percentileValues = (sketch: Sketch) => record(percentile => quantileMs(sketch, percentile))

/** A gauge's mean over a bucket; the unfinished one counts only the time that has passed. */
function meanOver(integral: number | null, buckets: Buckets, index: number, nowMs: number): number | null {
  if (integral === null) return null
  const startMs = buckets.fromMs + index * buckets.stepSeconds * 1000
  return integral / Math.min(buckets.stepSeconds, Math.max(1, (nowMs - startMs) / 1000))
}

/** All charts of an endpoint that come from request rollups, at most 300 points per series. */
export async function requestChartsOf(
  db: Database,
  endpointId: string,
  window: Window,
  filter: RollupFilter,
  nowMs: number,
): Promise<RequestCharts> {
  const buckets = bucketsFor(window, nowMs)
  const { sums, whole } = await readWindows(db, endpointId, buckets, filter)
  const codes = new Set(sums.flatMap(sum => Object.keys(sum.statusCounts ?? {}).map(Number)))
  return {
    ...buckets,
    nowMs,
    statuses: [...codes]
      .sort((a, b) => a - b)
      .map(status => ({ status, counts: sums.map(sum => sum.statusCounts?.[status] ?? 0) })),
    total: percentileSeries(sums, sum => sum.total),
    ttfb: percentileSeries(sums, sum => sum.ttfb),
    wait: percentileSeries(sums, sum => sum.wait),
    inFlightMax: sums.map(sum => sum.inFlightMax),
    inFlightMean: sums.map((sum, index) => meanOver(sum.inFlightSeconds, buckets, index, nowMs)),
    waitingMax: sums.map(sum => sum.waitingMax),
    bytesIn: sums.map(sum => sum.bytesIn),
    bytesOut: sums.map(sum => sum.bytesOut),
    tokensIn: sums.map(sum => sum.tokensIn),
    tokensOut: sums.map(sum => sum.tokensOut),
    summary: {
      requests: whole.requests,
      total: percentileValues(whole.total),
      ttfb: percentileValues(whole.ttfb),
      wait: percentileValues(whole.wait),
      recordsKept: whole.recordsKept ?? 0,
    },
    gapsMs: sums.flatMap((sum, index) =>
      sum.gapPossible ? [buckets.fromMs + index * buckets.stepSeconds * 1000] : [],
    ),
  }
}
