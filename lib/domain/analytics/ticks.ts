import type { Zone } from '@/lib/domain/format/time'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Distances people read at a glance. */
const STEPS_MS = [
  10_000,
  30_000,
  ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map(hours => hours * HOUR_MS),
  ...[1, 2, 3, 7, 10, 14, 30, 60].map(days => days * DAY_MS),
]

/** An instant from parts of a wall clock; parts beyond their range carry over, as `Date` has it. */
const instant = (zone: Zone, ...parts: [number, number, number, number, number, number]): number =>
  zone === 'utc' ? Date.UTC(...parts) : new Date(...parts).getTime()

function midnight(ms: number, zone: Zone): [year: number, month: number, day: number] {
  const at = new Date(ms)
  return zone === 'utc'
    ? [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
    : [at.getFullYear(), at.getMonth(), at.getDate()]
}

/**
 * Where a time axis has its labels: at most `max` round times of the zone's wall clock. Days begin at its midnight
 * also where the clocks change, so a day may be 23 or 25 hours long.
 */
export function timeTicks(fromMs: number, toMs: number, zone: Zone, max: number): number[] {
  const stepMs = STEPS_MS.find(step => (toMs - fromMs) / step <= max) ?? (toMs - fromMs) / max
  const [year, month, day] = midnight(fromMs, zone)
  const ticks: number[] = []
  for (let index = 0; ; index++) {
    const at =
      stepMs >= DAY_MS
        ? instant(zone, year, month, day + index * Math.round(stepMs / DAY_MS), 0, 0, 0)
        : instant(zone, year, month, day, 0, 0, (index * stepMs) / 1000)
    if (at > toMs) return ticks
    // Where an hour is skipped two wall times are one instant.
    if (at >= fromMs && at !== ticks.at(-1)) ticks.push(at)
  }
}
