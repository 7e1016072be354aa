import { bucketAt, type PreparedChart } from '@/lib/domain/analytics/prepared'
import { formatValue } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'
import { besideAt, PLOT } from './plot'

type Props = { chart: PreparedChart; zone: Zone; width: number; at: { x: number; y: number } }

/** How many requests of the cell under the pointer took how long. */
export function HeatCell({ chart, zone, width, at }: Props) {
  const [fromMs, toMs] = chart.domain
  const share = (at.x - PLOT.left) / (width - PLOT.left - PLOT.right)
  const point = chart.points[bucketAt(chart, fromMs + share * (toMs - fromMs)) ?? -1]
  const fromTop = (at.y - PLOT.top) / (PLOT.height - PLOT.top - PLOT.bottom)
  const row = chart.series[Math.floor((1 - fromTop) * chart.series.length)]
  const count = row && point?.[row.key]
  if (!row || !point || !count) return null
  return (
    <p
      className="pointer-events-none absolute z-10 w-max rounded-md border bg-popover px-2.5 py-1.5 text-popover-foreground text-xs tabular-nums shadow-md"
      style={besideAt(share)}
    >
      {`${formatExact(point.t, zone)}: ${formatValue('count', count)} at ${row.label}`}
    </p>
  )
}
