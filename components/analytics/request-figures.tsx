import { PERCENTILES } from '@/lib/domain/analytics/percentiles'
import { CLASSES, classTotals, errorShare } from '@/lib/domain/analytics/prepare-requests'
import type { RequestCharts } from '@/lib/domain/analytics/view'
import { formatMs, formatShare, formatValue } from '@/lib/domain/format/measure'

const Figure = ({ label, value, color }: { label: string; value: string; color?: string }) => (
  <div className="min-w-0">
    <dt className="flex items-center gap-1.5 truncate text-muted-foreground text-xs">
      {color && <span className="size-2 shrink-0 rounded-[2px]" style={{ background: color }} />}
      {label}
    </dt>
    <dd className="font-medium text-base tabular-nums">{value}</dd>
  </div>
)

/** Exact counts of the whole window, and each class's share. */
export function RequestFigures({ data }: { data: RequestCharts }) {
  const totals = classTotals(data)
  const requests = data.summary.requests
  const errors = errorShare(totals)
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-1">
      <Figure label="Requests" value={formatValue('count', requests)} />
      {CLASSES.filter(entry => totals[entry.key] > 0).map(entry => (
        <Figure
          key={entry.key}
          label={entry.label}
          color={entry.color}
          value={`${formatValue('count', totals[entry.key])} (${formatShare(totals[entry.key] / requests)})`}
        />
      ))}
      {errors !== null && <Figure label="Error share" value={formatShare(errors)} />}
    </dl>
  )
}

/** Percentiles of the whole window, merged from the same sketches the chart is drawn from. */
export function LatencyFigures({ data, of }: { data: RequestCharts; of: 'total' | 'ttfb' | 'wait' }) {
  const values = data.summary[of]
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-1">
      {PERCENTILES.map(key => {
        const value = values[key]
        return <Figure key={key} label={key} value={value === null ? '–' : formatMs(value)} />
      })}
    </dl>
  )
}
