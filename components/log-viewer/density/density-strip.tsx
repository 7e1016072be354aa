'use client'

import { useMemo } from 'react'
import { useLazyResource } from '@/lib/client/use-resource'
import type { LogFilter } from '@/lib/domain/logs/filter'
import { logsDensity } from '@/lib/queries/logs'
import { exactTime } from '../format-time'
import { type Bar, countsMore, densityBars, peakPerMinute } from './density-bars'
import { useBarPicker } from './use-bar-picker'

const POLL_MS = 10_000

type Props = {
  team: string
  endpoint: string
  /** Its times and its levels count; the bars are of all lines of those, whatever they say. */
  filter: LogFilter
  zone: 'local' | 'utc'
  onOpenAt: (timeMs: number) => void
  onRange: (range: { since: number; until: number }) => void
}

/** Lines over time, a bar per piece of the range: a click goes there, drawing over several narrows the range to them. */
export function DensityStrip({ team, endpoint, filter, zone, onOpenAt, onRange }: Props) {
  const { since, until } = filter
  const { data } = useLazyResource(
    logsDensity,
    { team, endpoint, since, until },
    { enabled: true, pollMs: () => (until === undefined || until > Date.now() ? POLL_MS : false) },
  )
  const bars = useMemo(() => (data ? densityBars(data, filter) : []), [data, filter])
  const bucketMs = data?.bucketMs ?? 0
  const picker = useBarPicker({ bars, bucketMs, onOpenAt, onRange })
  const drawn = useMemo(() => {
    const most = Math.max(1, ...bars.map(bar => bar.lines))
    return bars.map(bar => (
      <BarView key={bar.atMs} bar={bar} most={most} label={labelOf(bar, bucketMs, zone)} />
    ))
  }, [bars, bucketMs, zone])
  return (
    <div className="relative h-13 shrink-0 touch-pan-y select-none border-b px-2 md:px-3">
      {/* biome-ignore lint/a11y/useSemanticElements: a chart of buttons, not a set of form fields */}
      <div
        role="group"
        aria-label="Lines over time. Arrow keys go from bar to bar, Enter opens the log there."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is where the arrow keys begin
        tabIndex={0}
        {...picker.handlers}
        className="flex h-9 items-end pt-1 outline-none focus-visible:outline-2 focus-visible:outline-ring focus-visible:-outline-offset-2"
      >
        {drawn}
      </div>
      <Scale bars={bars} bucketMs={bucketMs} zone={zone} isMore={countsMore(filter)} />
      {picker.drag && (
        <span
          className="pointer-events-none absolute inset-y-0 bg-primary/15"
          style={{ left: picker.drag.leftPx, width: picker.drag.widthPx }}
        />
      )}
    </div>
  )
}

type ScaleProps = { bars: readonly Bar[]; bucketMs: number; zone: 'local' | 'utc'; isMore: boolean }

/** From when to when, how much the fullest bar is, and whether it counts lines that the list does not show. */
function Scale({ bars, bucketMs, zone, isMore }: ScaleProps) {
  const [first, last] = [bars[0], bars.at(-1)]
  if (!first || !last) return null
  const clock = (timeMs: number) => exactTime(timeMs, zone).slice(5, 16)
  const peak = Math.ceil(peakPerMinute(bars, bucketMs)).toLocaleString('en-US')
  return (
    <div className="flex h-4 items-center justify-between gap-2 overflow-hidden whitespace-nowrap text-[0.625rem] text-muted-foreground tabular-nums">
      <span>{clock(first.atMs)}</span>
      <span className="truncate">
        peak {peak}/min{isMore && ', all lines of these times and levels'}
      </span>
      <span>{clock(last.atMs + bucketMs)}</span>
    </div>
  )
}

type BarProps = { bar: Bar; most: number; label: string }

/** Errors stand at the bottom, where they are seen also when they are few among many. */
function BarView({ bar: { atMs, lines, infos, warnings, errors }, most, label }: BarProps) {
  const height = (count: number) => (count === 0 ? '0' : `max(2px, ${(count / most) * 100}%)`)
  return (
    <button
      type="button"
      tabIndex={-1}
      data-at={atMs}
      aria-label={label}
      title={label}
      className="flex h-full min-w-0 flex-1 cursor-pointer flex-col justify-end border-transparent border-r bg-clip-padding outline-none hover:bg-accent focus-visible:bg-primary/20"
    >
      <span
        className="bg-muted-foreground/35"
        style={{ height: height(lines - infos - warnings - errors) }}
      />
      <span className="bg-state-progress/60" style={{ height: height(infos) }} />
      <span className="bg-state-warning" style={{ height: height(warnings) }} />
      <span className="bg-state-bad" style={{ height: height(errors) }} />
    </button>
  )
}

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`

function labelOf({ atMs, lines, warnings, errors }: Bar, bucketMs: number, zone: 'local' | 'utc'): string {
  const end = exactTime(atMs + bucketMs, zone).slice(11, 16)
  const parts = [counted(lines, 'line')]
  if (warnings > 0) parts.push(counted(warnings, 'warning'))
  if (errors > 0) parts.push(counted(errors, 'error'))
  return `${exactTime(atMs, zone).slice(0, 16)} to ${end}: ${parts.join(', ')}`
}
