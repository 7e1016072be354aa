import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import { formatValue } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'
import { DenseTable } from './dense-table'

type Props = { chart: PreparedChart; zone: Zone; caption: string; logsAt: (atMs: number) => string }

/** The chart's numbers as a table: for screen readers and for copying. Newest first; a time leads to its logs. */
export function ChartTable({ chart, zone, caption, logsAt }: Props) {
  return (
    <DenseTable
      caption={caption}
      columns={['Time', ...chart.series.map(series => series.label)]}
      rows={chart.points.toReversed().map(point => ({
        key: point.t,
        head: formatExact(point.t, zone),
        href: logsAt(point.t),
        cells: chart.series.map(series => {
          const value = point[series.key]
          return typeof value === 'number' ? formatValue(chart.unit, value) : '–'
        }),
      }))}
    />
  )
}
