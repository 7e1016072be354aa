import { Sketch } from '@/lib/domain/latency/sketch'
import type { requestRollups } from '@/lib/server/db/schema/request-rollups'

export type RollupRow = typeof requestRollups.$inferSelect

/** Sums of windows that are being made into one; every field merges exactly, sketches included. */
export type RollupSum = {
  requests: number
  statusCounts: Record<string, number> | null
  bytesIn: number
  bytesOut: number
  tokensIn: number
  tokensOut: number
  total: Sketch
  ttfb: Sketch
  wait: Sketch
  inFlightMax: number | null
  /** Integral of the requests in flight over time; null where no gauge was written. */
  inFlightSeconds: number | null
  waitingMax: number | null
  waitingSeconds: number
  recordsKept: number | null
  gapPossible: number
}

export type Sketches = Pick<RollupSum, 'total' | 'ttfb' | 'wait'>
export const emptySketches = (): Sketches => ({
  total: new Sketch(),
  ttfb: new Sketch(),
  wait: new Sketch(),
})

/** Into empty sketches, new ones or some that were cleared. */
export const emptySum = ({ total, ttfb, wait } = emptySketches()): RollupSum => ({
  requests: 0,
  statusCounts: null,
  bytesIn: 0,
  bytesOut: 0,
  tokensIn: 0,
  tokensOut: 0,
  total,
  ttfb,
  wait,
  inFlightMax: null,
  inFlightSeconds: null,
  waitingMax: null,
  waitingSeconds: 0,
  recordsKept: null,
  gapPossible: 0,
})

/** What of a stored row is added up. */
export type SummableRow = Omit<
  RollupRow,
  'windowStart' | 'endpointId' | 'revision' | 'replicaId' | 'status' | 'processId'
>

export const maxOf = (left: number | null, right: number | null): number | null =>
  left === null ? right : right === null ? left : Math.max(left, right)

/** Adds one stored row to a sum. */
export function addRow(sum: RollupSum, row: SummableRow): void {
  sum.requests += row.requests
  sum.bytesIn += row.bytesIn
  sum.bytesOut += row.bytesOut
  sum.tokensIn += row.tokensIn
  sum.tokensOut += row.tokensOut
  if (row.statusCounts) {
    sum.statusCounts ??= {}
    for (const [status, count] of Object.entries(row.statusCounts)) {
      sum.statusCounts[status] = (sum.statusCounts[status] ?? 0) + count
    }
  }
  if (row.total) sum.total.mergeEncoded(row.total)
  if (row.ttfb) sum.ttfb.mergeEncoded(row.ttfb)
  if (row.wait) sum.wait.mergeEncoded(row.wait)
  sum.inFlightMax = maxOf(sum.inFlightMax, row.inFlightMax)
  sum.waitingMax = maxOf(sum.waitingMax, row.waitingMax)
  if (row.inFlightMean !== null)
    sum.inFlightSeconds = (sum.inFlightSeconds ?? 0) + row.inFlightMean * row.resolution
  sum.waitingSeconds += (row.waitingMean ?? 0) * row.resolution
  if (row.recordsKept !== null) sum.recordsKept = (sum.recordsKept ?? 0) + row.recordsKept
  sum.gapPossible = Math.max(sum.gapPossible, row.gapPossible)
}

/** Rows of one status carry it as their key; sums over several want it as a count. */
export const withStatusCounts = <T extends Pick<RollupRow, 'status' | 'requests' | 'statusCounts'>>(
  row: T,
): T => (row.status === 0 ? row : { ...row, statusCounts: { [row.status]: row.requests } })

const encode = (sketch: Sketch): Buffer | null => (sketch.count === 0 ? null : Buffer.from(sketch.encode()))

/**
 * What is stored of a sum for a window of `targetSeconds`. Finer windows without a row had nothing in flight, so
 * means are over the whole target.
 */
export function sumColumns(sum: RollupSum, targetSeconds: number) {
  return {
    requests: sum.requests,
    statusCounts: sum.statusCounts,
    bytesIn: sum.bytesIn,
    bytesOut: sum.bytesOut,
    tokensIn: sum.tokensIn,
    tokensOut: sum.tokensOut,
    total: encode(sum.total),
    ttfb: encode(sum.ttfb),
    wait: encode(sum.wait),
    inFlightMax: sum.inFlightMax,
    inFlightMean: sum.inFlightSeconds === null ? null : sum.inFlightSeconds / targetSeconds,
    waitingMax: sum.waitingMax,
    waitingMean: sum.inFlightSeconds === null ? null : sum.waitingSeconds / targetSeconds,
    recordsKept: sum.recordsKept,
    gapPossible: sum.gapPossible,
  }
}
