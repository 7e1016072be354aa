'use client'

import { useMemo, useRef } from 'react'
import { Area, Bar, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import type { PreparedChart, PreparedSeries } from '@/lib/domain/analytics/prepared'
import { timeTicks } from '@/lib/domain/analytics/ticks'
import { formatTick } from '@/lib/domain/format/measure'
import { formatTime, type Zone } from '@/lib/domain/format/time'
import { ChartTooltip } from './chart-tooltip'
import { LonelyDot } from './lonely-dot'

import { labelsIn, PLOT, TICK_TEXT } from './plot'

import type { TimeMarker } from './time-marker'
import { useWidth } from './use-width'

type Props = {
  chart: PreparedChart
  zone: Zone
  hidden: ReadonlySet<string>
  logScale: boolean
  markers: readonly TimeMarker[]
}

const MARGIN = { top: PLOT.top, right: PLOT.right, bottom: 0, left: 0 }

/** Draws a prepared chart; takes no decision of its own. What moves with the pointer lies over it (`PlotFrame`). */
export function TimeChart({ chart, zone, hidden, logScale, markers }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const [fromMs, toMs] = chart.domain
  const halfMs = chart.stepSeconds * 500
  // A value is of its whole bucket, so it stands in the middle of it.
  const data = useMemo(
    () => chart.points.map(point => ({ ...point, middle: point.t + halfMs })),
    [chart.points, halfMs],
  )
  const shown = chart.series.filter(series => !hidden.has(series.key))
  return (
    <div ref={frame} style={{ height: PLOT.height }}>
      {width > 0 && (
        <ComposedChart
          width={width}
          height={PLOT.height}
          data={data}
          margin={MARGIN}
          syncId="analytics"
          syncMethod="value"
          barCategoryGap={chart.points.length > 120 ? 0 : '12%'}
        >
          <CartesianGrid vertical={false} stroke="var(--border)" />
          <XAxis
            dataKey="middle"
            type="number"
            scale="time"
            domain={[fromMs, toMs]}
            height={PLOT.bottom}
            ticks={timeTicks(fromMs, toMs, zone, labelsIn(width - PLOT.left - PLOT.right))}
            tickFormatter={value => formatTime(Number(value), toMs - fromMs, zone)}
            tick={TICK_TEXT}
            tickLine={false}
            axisLine={{ stroke: 'var(--border)' }}
          />
          {valueAxis(chart, logScale)}
          <Tooltip
            content={<ChartTooltip chart={chart} zone={zone} markers={markers} />}
            cursor={false}
            isAnimationActive={false}
          />
          {chart.limit && (
            <ReferenceLine
              y={chart.limit.value}
              stroke="var(--state-bad)"
              strokeDasharray="4 3"
              label={{ value: chart.limit.label, position: 'insideTopRight', ...TICK_TEXT }}
            />
          )}
          {shown.map(series => drawSeries(chart.kind, series))}
        </ComposedChart>
      )}
    </div>
  )
}

/** From zero, or from the smallest value on a log scale; up to the limit where there is one. */
function valueAxis({ unit, limit, top }: PreparedChart, logScale: boolean) {
  const most = limit ? (max: number) => Math.max(max, limit.value) : (top ?? 'auto')
  return (
    <YAxis
      width={PLOT.left}
      tick={TICK_TEXT}
      tickLine={false}
      axisLine={false}
      allowDecimals={unit !== 'count' && unit !== 'replicas'}
      scale={logScale ? 'log' : 'auto'}
      domain={logScale ? ['auto', 'auto'] : [0, most]}
      tickFormatter={value => formatTick(unit, Number(value))}
    />
  )
}

function drawSeries(kind: PreparedChart['kind'], series: PreparedSeries) {
  const shared = { dataKey: series.key, name: series.label, isAnimationActive: false as const }
  const line = { ...shared, stroke: series.color, strokeWidth: 1.5 }
  if (series.dashed)
    return (
      <Line
        key={series.key}
        {...line}
        type={kind === 'steps' ? 'step' : 'linear'}
        strokeDasharray="4 3"
        dot={false}
      />
    )
  switch (kind) {
    case 'bars':
      return (
        <Bar
          key={series.key}
          {...shared}
          fill={series.color}
          {...(series.stack ? { stackId: series.stack } : {})}
        />
      )
    case 'steps':
      return (
        <Area
          key={series.key}
          {...line}
          type="step"
          fill={series.color}
          fillOpacity={0.12}
          dot={<LonelyDot />}
        />
      )
    case 'heat':
    case 'lines':
      return (
        <Line
          key={series.key}
          {...line}
          type="linear"
          dot={<LonelyDot />}
          activeDot={{ r: 3 }}
          connectNulls={false}
        />
      )
  }
}
