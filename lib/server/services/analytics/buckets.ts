import { type Buckets, bucketsOf } from '@/lib/domain/analytics/range'
import { env } from '@/lib/server/env'

const HOUR_MS = 3_600_000

export type Window = { fromMs: number; toMs: number }

/**
 * Buckets for a window, not finer than `minStep` nor than the rows that retention has left of its beginning (of the
 * beginning of the period before it, when `backMs` says how far back that is).
 */
export function bucketsFor(window: Window, nowMs: number, { minStep = 10, backMs = 0 } = {}): Buckets {
  const e = env()
  const ageMs = nowMs - window.fromMs + backMs
  const keptStep =
    ageMs <= e.SLIPWAY_ROLLUP_10S_HOURS * HOUR_MS
      ? 10
      : ageMs <= e.SLIPWAY_ROLLUP_1M_DAYS * 24 * HOUR_MS
        ? 60
        : 3600
  return bucketsOf(window.fromMs, window.toMs, Math.max(minStep, keptStep))
}
