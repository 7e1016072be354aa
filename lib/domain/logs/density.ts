import type { WireBatch } from './batch'
import { LOG_LEVELS } from './line'

export const MINUTE_MS = 60_000
/** None, then every level: what `levelCode` counts. */
const CODES = LOG_LEVELS.length + 1

/** Lines per minute since 1970, by level code. Small whatever a log holds: it is what charts of it are drawn from. */
export type Tally = Map<number, number[]>

function add(tally: Tally, minute: number, code: number, lines: number): void {
  let counts = tally.get(minute)
  if (!counts) {
    counts = new Array<number>(CODES).fill(0)
    tally.set(minute, counts)
  }
  counts[code] = (counts[code] ?? 0) + lines
}

/** Counts the lines of a batch; their heads say all that is needed, so no line is looked at. */
export function tallyBatch(tally: Tally, { sinceMs, heads }: Pick<WireBatch, 'sinceMs' | 'heads'>): void {
  for (const [lines, , timeMs, , code] of heads)
    add(tally, Math.floor((sinceMs + timeMs) / MINUTE_MS), code, lines)
}

export function mergeTally(into: Tally, from: Tally): void {
  for (const [minute, counts] of from)
    for (const [code, lines] of counts.entries()) if (lines > 0) add(into, minute, code, lines)
}

/** Lines over time, for a strip of bars: only buckets that have any. Counts are by level code. */
export type Density = {
  fromMs: number
  untilMs: number
  bucketMs: number
  buckets: { atMs: number; counts: number[] }[]
}

const MAX_BARS = 120
/** Of a log that has just begun: its one bar would be as wide as the page. */
const LEAST_MS = 30 * MINUTE_MS
const MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080]

/**
 * The bars between two times; without a beginning from the oldest line on, and for half an hour at least. They begin at whole multiples of their
 * width, so that polling again does not make them jump.
 */
export function densityOf(
  tally: Tally,
  { sinceMs, untilMs, nowMs }: { sinceMs?: number | undefined; untilMs?: number | undefined; nowMs: number },
): Density {
  const minutes = [...tally.keys()].sort((a, b) => a - b)
  const end = untilMs ?? nowMs
  const oldestMs = (minutes[0] ?? Number.POSITIVE_INFINITY) * MINUTE_MS
  const begin = sinceMs === undefined ? Math.min(oldestMs, end - LEAST_MS) : Math.min(sinceMs, end)
  const width = MINUTES.find(each => (end - begin) / (each * MINUTE_MS) <= MAX_BARS - 1) ?? 43_200
  const bucketMs = width * MINUTE_MS
  const fromMs = Math.floor(begin / bucketMs) * bucketMs
  const bars: Tally = new Map()
  for (const minute of minutes) {
    const atMs = minute * MINUTE_MS
    if (atMs + MINUTE_MS <= begin || atMs > end) continue
    for (const [code, lines] of (tally.get(minute) ?? []).entries())
      if (lines > 0) add(bars, Math.floor(atMs / bucketMs), code, lines)
  }
  return {
    fromMs,
    untilMs: Math.max(end, fromMs + bucketMs),
    bucketMs,
    buckets: [...bars].map(([bar, counts]) => ({ atMs: bar * bucketMs, counts })),
  }
}
