import { type Buckets, bucketsOf } from '@/lib/domain/analytics/range'
import { env } from '@/lib/server/env'

const HOUR_MS = 3_600_000

export type Window = { fromMs: number; toMs: number }

/** The finest rows that retention has left of a time so long ago, in seconds. */
function keptStep(ageMs: number): number {
  const e = env()
  if (ageMs <= e.SLIPWAY_ROLLUP_10S_HOURS * HOUR_MS) return 10
  return ageMs <= e.SLIPWAY_ROLLUP_1M_DAYS * 24 * HOUR_MS ? 60 : 3600
}

/**
 * Buckets for a window, not finer than `minStep` nor than the rows that retention has left of its beginning (of the
 * beginning of the period before it, when `backMs` says how far back that is).
 */
export function bucketsFor(window: Window, nowMs: number, { minStep = 10, backMs = 0 } = {}): Buckets {
  const kept = keptStep(nowMs - window.fromMs + backMs)
  return bucketsOf(window.fromMs, window.toMs, Math.max(minStep, kept))
}

/** The window of a chart in the finest buckets that are kept of all of it, up to the one that is still filling. */
export function finestBuckets(
  { fromMs, toMs }: Window,
  nowMs: number,
  { minStep = 10, backMs = 0 } = {},
): Buckets {
  const stepSeconds = Math.max(minStep, keptStep(nowMs - fromMs + backMs))
  const stepMs = stepSeconds * 1000
  const end = Math.min(toMs, Math.floor(nowMs / stepMs) * stepMs + stepMs)
  return { fromMs, toMs: end, stepSeconds, count: Math.round((end - fromMs) / stepMs) }
}
