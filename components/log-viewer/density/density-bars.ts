import type { Density } from '@/lib/domain/logs/density'
import { LEVEL_CHOICES, type LogFilter } from '@/lib/domain/logs/filter'
import { LOG_LEVELS } from '@/lib/domain/logs/line'

export type Bar = { atMs: number; lines: number; warnings: number; errors: number }

const WARNING = LOG_LEVELS.indexOf('warning') + 1
const ERROR = LOG_LEVELS.indexOf('error') + 1

/** Which level codes a filter lets through. */
function codesOf({ level, except }: Pick<LogFilter, 'level' | 'except'>): ReadonlySet<number> {
  const wanted = LEVEL_CHOICES.filter(
    each => (level.length === 0 || level.includes(each)) && !except.includes(`level:${each}`),
  )
  return new Set(wanted.map(each => (each === 'none' ? 0 : LOG_LEVELS.indexOf(each) + 1)))
}

/** A bar for every piece of the range, also where nothing was written: its place is its time. */
export function densityBars(
  { fromMs, untilMs, bucketMs, buckets }: Density,
  filter: Pick<LogFilter, 'level' | 'except'>,
): Bar[] {
  const codes = codesOf(filter)
  const known = new Map(buckets.map(({ atMs, counts }) => [atMs, counts]))
  const count = Math.max(1, Math.ceil((untilMs - fromMs) / bucketMs))
  return Array.from({ length: count }, (_, index) => {
    const atMs = fromMs + index * bucketMs
    const counts = (known.get(atMs) ?? []).map((lines, code) => (codes.has(code) ? lines : 0))
    const sum = (of: number[]) => of.reduce((total, lines) => total + lines, 0)
    return {
      atMs,
      lines: sum(counts),
      warnings: counts[WARNING] ?? 0,
      errors: sum(counts.slice(ERROR)),
    }
  })
}

/** The times two bars span, whichever was taken first; the last moment belongs to it. */
export const rangeOfBars = (a: Bar, b: Bar, bucketMs: number): { since: number; until: number } => ({
  since: Math.min(a.atMs, b.atMs),
  until: Math.max(a.atMs, b.atMs) + bucketMs - 1,
})
