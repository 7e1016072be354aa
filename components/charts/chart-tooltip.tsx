import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import { formatValue } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'
import type { TimeMarker } from './time-marker'

type Props = {
  chart: PreparedChart
  zone: Zone
  markers: readonly TimeMarker[]
  /** Both given by recharts. */
  active?: boolean
  label?: string | number
}

/** All series at the crosshair, with the bucket's beginning and whether it is still filling. */
export function ChartTooltip({ chart, zone, markers, active, label }: Props) {
  if (!active || label === undefined) return null
  const at = Number(label) - chart.stepSeconds * 500
  const point = chart.points.find(candidate => candidate.t === at)
  if (!point) return null
  const changes = markers.filter(({ atMs }) => atMs >= at && atMs < at + chart.stepSeconds * 1000)
  return (
    <div className="rounded-md border bg-popover px-2.5 py-1.5 text-popover-foreground text-xs shadow-md">
      <p className="mb-1 text-muted-foreground tabular-nums">
        {formatExact(at, zone)}
        {chart.unfinishedMs === at && ' (still filling)'}
      </p>
      <ul className="grid gap-0.5">
        {chart.series.map(series => {
          const value = point[series.key]
          return (
            <li key={series.key} className="flex items-center gap-2">
              <span className="size-2 rounded-[2px]" style={{ background: series.color }} />
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
