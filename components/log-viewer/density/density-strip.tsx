'use client'

import { useMemo } from 'react'
import { useLazyResource } from '@/lib/client/use-resource'
import type { LogFilter } from '@/lib/domain/logs/filter'
import { logsDensity } from '@/lib/queries/logs'
import { exactTime } from '../format-time'
import { type Bar, densityBars } from './density-bars'
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
    <div className="relative h-9 shrink-0 touch-pan-y select-none border-b px-2 md:px-3">
      {/* biome-ignore lint/a11y/useSemanticElements: a chart of buttons, not a set of form fields */}
      <div
        role="group"
        aria-label="Lines over time. Arrow keys go from bar to bar, Enter opens the log there."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is where the arrow keys begin
        tabIndex={0}
        {...picker.handlers}
        className="flex h-full items-end pt-1 outline-none focus-visible:outline-2 focus-visible:outline-ring focus-visible:-outline-offset-2"
      >
        {drawn}
      </div>
      {picker.drag && (
        <span
          className="pointer-events-none absolute inset-y-0 bg-primary/15"
          style={{ left: picker.drag.leftPx, width: picker.drag.widthPx }}
        />
      )}
    </div>
  )
}

type BarProps = { bar: Bar; most: number; label: string }

/** Errors stand at the bottom, where they are seen also when they are few among many. */
function BarView({ bar: { atMs, lines, warnings, errors }, most, label }: BarProps) {
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
      <span className="bg-muted-foreground/35" style={{ height: height(lines - warnings - errors) }} />
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
