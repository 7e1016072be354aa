'use client'

import { memo, useMemo, useRef } from 'react'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import { formatTick } from '@/lib/domain/format/measure'
import type { Zone } from '@/lib/domain/format/time'
import { ActivePoints } from './active-points'
import { ChartTooltip } from './chart-tooltip'
import { crosshairKeys } from './crosshair'
import { PLOT, TICK_TEXT } from './plot'
import { BOTTOM, type PlotSpace, placeSeries } from './plot-space'
import { SeriesShape } from './series-shape'
import { TimeAxis } from './time-axis'
import type { TimeMarker } from './time-marker'
import { useWidth } from './use-width'

type Props = {
  chart: PreparedChart
  /** What is drawn, for those who do not see it. */
  label: string
  zone: Zone
  hidden: ReadonlySet<string>
  logScale: boolean
  markers: readonly TimeMarker[]
}

/** Draws a prepared chart; takes no decision of its own. What moves with the pointer lies over it (`PlotFrame`). */
export const TimeChart = memo(function TimeChart({ chart, label, zone, hidden, logScale, markers }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const space = useMemo(
    () =>
      placeSeries(
        chart,
        chart.series.filter(({ key }) => !hidden.has(key)),
        width,
        logScale,
      ),
    [chart, hidden, width, logScale],
  )
  return (
    <div ref={frame} style={{ height: PLOT.height }}>
      {width > 0 && (
        <svg
          width={width}
          height={PLOT.height}
          className="drawn-by-hand block"
          role="application"
          aria-label={`${label}; arrow keys move through it, the table view has its numbers`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the crosshair
          tabIndex={0}
          {...crosshairKeys(chart)}
        >
          <ValueAxis space={space} unit={chart.unit} right={width - PLOT.right} />
          {space.placed.map(({ series, places, floors }) => (
            <SeriesShape key={series.key} kind={chart.kind} series={series} places={places} floors={floors} />
          ))}
          {chart.limit && (
            <Limit {...chart.limit} y={space.yOf(chart.limit.value)} right={width - PLOT.right} />
          )}
          {chart.kind === 'lines' && <ActivePoints chart={chart} space={space} />}
          <TimeAxis domain={chart.domain} zone={zone} width={width} height={PLOT.height} />
        </svg>
      )}
      <ChartTooltip chart={chart} zone={zone} markers={markers} />
    </div>
  )
})

type AxisProps = { space: PlotSpace; unit: PreparedChart['unit']; right: number }

function ValueAxis({ space: { scale, yOf }, unit, right }: AxisProps) {
  return (
    <>
      {scale.ticks.map(tick => (
        <g key={tick}>
          <line x1={PLOT.left} x2={right} y1={yOf(tick)} y2={yOf(tick)} stroke="var(--border)" />
          <text {...TICK_TEXT} x={PLOT.left - 8} y={yOf(tick) + 4} textAnchor="end">
            {formatTick(unit, tick)}
          </text>
        </g>
      ))}
      <line x1={PLOT.left} x2={right} y1={BOTTOM} y2={BOTTOM} stroke="var(--border)" />
    </>
  )
}

function Limit({ label, y, right }: { label: string; y: number; right: number }) {
  return (
    <>
      <line x1={PLOT.left} x2={right} y1={y} y2={y} stroke="var(--state-bad)" strokeDasharray="4 3" />
      <text {...TICK_TEXT} x={right - 4} y={y + 13} textAnchor="end">
        {label}
      </text>
    </>
  )
}
