import type { z } from 'zod'
import type { windowInput } from './window-input'

const SECOND = 1
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The ranges people pick; any other is a custom one with a beginning and an end. */
export const RANGES = {
  '15m': { label: '15 minutes', seconds: 15 * MINUTE },
  '1h': { label: '1 hour', seconds: HOUR },
  '6h': { label: '6 hours', seconds: 6 * HOUR },
  '24h': { label: '24 hours', seconds: DAY },
  '7d': { label: '7 days', seconds: 7 * DAY },
  '30d': { label: '30 days', seconds: 30 * DAY },
  '90d': { label: '90 days', seconds: 90 * DAY },
} as const
export type RangeKey = keyof typeof RANGES
export const RANGE_KEYS = Object.keys(RANGES) as [RangeKey, ...RangeKey[]]

/** Multiples of each other where it matters, so that coarse windows fall whole into one bucket. */
const STEPS = [
  10,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  12 * HOUR,
  DAY,
] as const

/** What a chart can draw sharply: a bucket is two pixels wide on a small screen. */
export const MAX_POINTS = 300

/** Longest custom range: what hourly rollups keep. */
const MAX_RANGE_SECONDS = 400 * DAY

/** A window of time cut into equal buckets; `fromMs` and `toMs` are multiples of the step since 1970. */
export type Buckets = { fromMs: number; toMs: number; stepSeconds: number; count: number }

/** The finest step, not finer than what is kept of that time, that shows the window in at most MAX_POINTS buckets. */
export function stepFor(rangeSeconds: number, minStepSeconds = 10): number {
  return STEPS.find(step => step >= minStepSeconds && rangeSeconds / step <= MAX_POINTS) ?? 2 * DAY
}

/**
 * Buckets that cover the window, the last one holding `toMs` (it may be unfinished). The first bucket is left out
 * when only its end lies inside, so that every bucket shown is whole or the newest.
 */
export function bucketsOf(fromMs: number, toMs: number, minStepSeconds = 10): Buckets {
  const stepSeconds = stepFor((toMs - fromMs) / 1000, minStepSeconds)
  const stepMs = stepSeconds * 1000
  const last = Math.floor(toMs / stepMs) * stepMs
  const first = Math.min(Math.ceil(fromMs / stepMs) * stepMs, last)
  const end = last + stepMs
  return { fromMs: first, toMs: end, stepSeconds, count: Math.round((end - first) / stepMs) }
}

/** The shortest window there is. */
const MIN_RANGE_MS = 60_000

/** What dragging over a chart selects, made as long as a window must be. */
export const zoomedTo = (fromMs: number, toMs: number): { from: number; to: number } => ({
  from: fromMs,
  to: Math.max(toMs, fromMs + MIN_RANGE_MS),
})

/** Why two ends are no window; null when they are one. */
export function windowProblem({
  from,
  to,
}: {
  from?: number | undefined
  to?: number | undefined
}): string | null {
  if (from === undefined && to === undefined) return null
  if (from === undefined || to === undefined || Number.isNaN(from + to))
    return 'Give both ends of the range, or neither.'
  if (to - from < MIN_RANGE_MS) return 'The range must be at least one minute long.'
  return to - from > MAX_RANGE_SECONDS * 1000 ? 'The range can be 400 days at most.' : null
}

/** The window in milliseconds, computed per request: a preset ends now. */
export function resolveWindow(
  input: z.output<typeof windowInput>,
  nowMs: number,
): { fromMs: number; toMs: number } {
  if (input.from !== undefined && input.to !== undefined)
    return { fromMs: input.from, toMs: Math.min(input.to, nowMs) }
  return { fromMs: nowMs - RANGES[input.range].seconds * 1000, toMs: nowMs }
}
