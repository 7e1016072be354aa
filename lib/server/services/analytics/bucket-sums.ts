import { heatCounts } from '@/lib/domain/analytics/heat'
import { PERCENTILES, QUANTILE } from '@/lib/domain/analytics/percentiles'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { Sketch } from '@/lib/domain/latency/sketch'
import {
  addRow,
  emptySketches,
  emptySum,
  type RollupSum,
  type Sketches,
  withStatusCounts,
} from './merge-rollups'
import type { WindowRow } from './window-rows'

const QUANTILES = PERCENTILES.map(percentile => QUANTILE[percentile])

/** In the order of `PERCENTILES`. */
export const percentilesMs = (sketch: Sketch): (number | null)[] =>
  sketch.quantiles(QUANTILES).map(us => (us === null ? null : us / 1000))

/** What is drawn of a bucket: its sums, and what its sketches say. */
export type BucketSum = Omit<RollupSum, keyof Sketches> &
  Record<keyof Sketches, (number | null)[]> & { heat: number[] }

/** Field by field: copying objects whole costs more than reading their sketches. */
const drawn = (sum: RollupSum): BucketSum => ({
  requests: sum.requests,
  statusCounts: sum.statusCounts,
  bytesIn: sum.bytesIn,
  bytesOut: sum.bytesOut,
  tokensIn: sum.tokensIn,
  tokensOut: sum.tokensOut,
  inFlightMax: sum.inFlightMax,
  inFlightSeconds: sum.inFlightSeconds,
  waitingMax: sum.waitingMax,
  waitingSeconds: sum.waitingSeconds,
  recordsKept: sum.recordsKept,
  gapPossible: sum.gapPossible,
  total: percentilesMs(sum.total),
  ttfb: percentilesMs(sum.ttfb),
  wait: percentilesMs(sum.wait),
  heat: heatCounts(sum.total),
})

/**
 * Windows added up by bucket. What all buckets before `settledMs` make together is `settled`, with the others
 * `whole`: merged exactly, not averaged; gauges belong to single buckets and are left out.
 */
export function sumBuckets(windows: readonly WindowRow[], buckets: Buckets, settledMs: number) {
  const { fromMs, stepSeconds, count } = buckets
  const stepMs = stepSeconds * 1000
  const byBucket = Array.from({ length: count }, (): WindowRow[] => [])
  for (const row of windows) byBucket[Math.floor((row.startMs - fromMs) / stepMs)]?.push(row)
  const [settled, whole] = [emptySum(), emptySum()]
  // The same three for all buckets: making and growing hundreds cost as much as filling them.
  const sketches = emptySketches()
  let isSettled = true
  const sums = byBucket.map((rows, index) => {
    if (isSettled && fromMs + index * stepMs >= settledMs) {
      isSettled = false
      addWhole(whole, settled)
    }
    for (const sketch of Object.values(sketches)) sketch.clear()
    const sum = emptySum(sketches)
    for (const row of rows) addRow(sum, withStatusCounts(row))
    addWhole(isSettled ? settled : whole, sum)
    return drawn(sum)
  })
  return { sums, settled, whole: isSettled ? settled : whole }
}

function addWhole(whole: RollupSum, sum: RollupSum): void {
  whole.requests += sum.requests
  whole.recordsKept = (whole.recordsKept ?? 0) + (sum.recordsKept ?? 0)
  whole.total.merge(sum.total)
  whole.ttfb.merge(sum.ttfb)
  whole.wait.merge(sum.wait)
}
