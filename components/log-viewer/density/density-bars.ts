import type { Density } from '@/lib/domain/logs/density'
import { isEmptyFilter, LEVEL_CHOICES, type LogFilter } from '@/lib/domain/logs/filter'
import { LOG_LEVELS } from '@/lib/domain/logs/line'

export type Bar = { atMs: number; lines: number; infos: number; warnings: number; errors: number }

const INFO = LOG_LEVELS.indexOf('info') + 1
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
      infos: counts[INFO] ?? 0,
      warnings: counts[WARNING] ?? 0,
      errors: sum(counts.slice(ERROR)),
    }
  })
}

/** What the fullest bar comes to, as a rate: bars are as wide as the range makes them. */
export const peakPerMinute = (bars: readonly Bar[], bucketMs: number): number =>
  bucketMs === 0 ? 0 : (Math.max(0, ...bars.map(bar => bar.lines)) * 60_000) / bucketMs

/** Whether a filter leaves out lines that the bars count: they know times and levels, not what a line says. */
export const countsMore = (filter: LogFilter): boolean =>
  !isEmptyFilter({
    ...filter,
    since: undefined,
    until: undefined,
    level: [],
    except: filter.except.filter(each => !each.startsWith('level:')),
  })

/** The times two bars span, whichever was taken first; the last moment belongs to it. */
export const rangeOfBars = (a: Bar, b: Bar, bucketMs: number): { since: number; until: number } => ({
  since: Math.min(a.atMs, b.atMs),
  until: Math.max(a.atMs, b.atMs) + bucketMs - 1,
})
