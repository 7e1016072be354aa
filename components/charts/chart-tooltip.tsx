'use client'

import { bucketAt, type PreparedChart } from '@/lib/domain/analytics/prepared'
import { formatValue } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'
import { useCrosshair } from './crosshair'
import { besideAt } from './plot'
import type { TimeMarker } from './time-marker'

type Props = { chart: PreparedChart; zone: Zone; markers: readonly TimeMarker[] }

/** All series at the crosshair, with the bucket's beginning and whether it is still filling. */
export function ChartTooltip({ chart, zone, markers }: Props) {
  const index = bucketAt(chart, useCrosshair())
  const point = index === null ? undefined : chart.points[index]
  if (!point) return null
  const endMs = point.t + chart.stepSeconds * 1000
  const changes = markers.filter(({ atMs }) => atMs >= point.t && atMs < endMs)
  const [fromMs, toMs] = chart.domain
  return (
    <div
      className="pointer-events-none absolute z-10 w-max rounded-md border bg-popover px-2.5 py-1.5 text-popover-foreground text-xs shadow-md"
      style={besideAt(((point.t + endMs) / 2 - fromMs) / (toMs - fromMs))}
    >
      <p className="mb-1 text-muted-foreground tabular-nums">
        {formatExact(point.t, zone)}
        {chart.unfinishedMs === point.t && ' (still filling)'}
      </p>
      <ul className="grid gap-0.5">
        {chart.series.map(series => {
          const value = point[series.key]
          return (
            <li key={series.key} className="flex items-center gap-2">
              <span className="size-2 shrink-0 rounded-[2px]" style={{ background: series.color }} />
              <span className="mr-4">{series.label}</span>
              <span className="ml-auto tabular-nums">
                {typeof value === 'number' ? formatValue(chart.unit, value) : '–'}
              </span>
            </li>
          )
        })}
      </ul>
      {changes.map(({ atMs, message }) => (
        <p key={`${atMs}${message}`} className="mt-1 max-w-64 border-t pt-1">
          {message}
        </p>
      ))}
    </div>
  )
}
