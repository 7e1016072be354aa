import { type Buckets, bucketsOf } from '@/lib/domain/analytics/range'
import { env } from '@/lib/server/env'

const HOUR_MS = 3_600_000

export type Window = { fromMs: number; toMs: number }

/** Buckets for a window, not finer than the rows that retention has left of its beginning. */
export function bucketsFor(window: Window, nowMs: number): Buckets {
  const e = env()
  const ageMs = nowMs - window.fromMs
  const keptStep =
    ageMs <= e.SLIPWAY_ROLLUP_10S_HOURS * HOUR_MS
      ? 10
      : ageMs <= e.SLIPWAY_ROLLUP_1M_DAYS * 24 * HOUR_MS
        ? 60
        : 3600
  return bucketsOf(window.fromMs, window.toMs, keptStep)
}
