import type { ReplicaState } from '@/lib/domain/endpoint/state'

/** A stretch of a replica's life in one state, with the price of that time; open while it lasts. */
export type LedgerInterval = {
  state: ReplicaState
  fromMs: number
  toMs: number | null
  priceUsdPerHour: number | null
}
type Span = { fromMs: number; toMs: number }

const HOUR_MS = 3_600_000

/** The part of an interval that lies in the span; an open one lasts until its end. */
const clip = (interval: LedgerInterval, span: Span): Span => ({
  fromMs: Math.max(interval.fromMs, span.fromMs),
  toMs: Math.min(interval.toMs ?? span.toMs, span.toMs),
})

/** What the span cost: each interval at the price it was written down with. Null where no time had a price. */
export function costUsd(intervals: readonly LedgerInterval[], span: Span): number | null {
  let sum: number | null = null
  for (const interval of intervals) {
    const { fromMs, toMs } = clip(interval, span)
    if (interval.priceUsdPerHour === null || toMs <= fromMs) continue
    sum = (sum ?? 0) + ((toMs - fromMs) / HOUR_MS) * interval.priceUsdPerHour
  }
  return sum
}

/** Hours of the span that nobody had set a price for: they are in no sum. */
export function unpricedHours(intervals: readonly LedgerInterval[], span: Span): number {
  let sumMs = 0
  for (const interval of intervals) {
    const { fromMs, toMs } = clip(interval, span)
    if (interval.priceUsdPerHour === null && toMs > fromMs) sumMs += toMs - fromMs
  }
  return sumMs / HOUR_MS
}

/** Replica hours in which a replica ran and nobody asked: those of windows (of `grainMs`) that are not `busy`. */
export function idleHours(
  intervals: readonly LedgerInterval[],
  span: Span,
  busy: ReadonlySet<number>,
  grainMs: number,
): number {
  let idleMs = 0
  for (const interval of intervals) {
    if (interval.state !== 'running') continue
    const { fromMs, toMs } = clip(interval, span)
    for (let at = Math.floor(fromMs / grainMs) * grainMs; at < toMs; at += grainMs) {
      if (!busy.has(at)) idleMs += Math.min(at + grainMs, toMs) - Math.max(at, fromMs)
    }
  }
  return idleMs / HOUR_MS
}
