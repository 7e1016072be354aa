import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import { formatValue } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'

/** The chart's numbers as a table: for screen readers and for copying. Newest first. */
export function ChartTable({ chart, zone, caption }: { chart: PreparedChart; zone: Zone; caption: string }) {
  return (
    <section
      className="h-[180px] overflow-auto rounded-md border text-xs"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={`${caption} as a table`}
    >
      <table className="w-full border-collapse tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-card">
          <tr className="border-b text-left text-muted-foreground">
            <th scope="col" className="px-2 py-1 font-medium">
              Time
            </th>
            {chart.series.map(series => (
              <th key={series.key} scope="col" className="px-2 py-1 text-right font-medium">
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.points.toReversed().map(point => (
            <tr key={point.t} className="border-b last:border-0">
              <th scope="row" className="whitespace-nowrap px-2 py-0.5 text-left font-normal">
                {formatExact(point.t, zone)}
              </th>
              {chart.series.map(series => {
                const value = point[series.key]
                return (
                  <td key={series.key} className="px-2 py-0.5 text-right">
                    {typeof value === 'number' ? formatValue(chart.unit, value) : '–'}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
