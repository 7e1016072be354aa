'use client'

import { useState } from 'react'
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { PreparedChart, PreparedSeries } from '@/lib/domain/analytics/prepared'
import { formatTick } from '@/lib/domain/format/measure'
import { formatTime, type Zone } from '@/lib/domain/format/time'
import { ChartTooltip } from './chart-tooltip'
import { LonelyDot } from './lonely-dot'
import type { TimeMarker } from './time-marker'

type Props = {
  chart: PreparedChart
  zone: Zone
  hidden: ReadonlySet<string>
  logScale?: boolean
  markers?: readonly TimeMarker[]
  onZoom?: (fromMs: number, toMs: number) => void
}

const TICK = { fontSize: 11, fill: 'var(--muted-foreground)' }
const MARGIN = { top: 6, right: 8, bottom: 0, left: 0 }

/** recharts types an active label as string or number; ours is always the time of a point. */
const labelMs = (label: string | number | undefined): number | null =>
  label === undefined ? null : Number(label)

/** Draws a prepared chart; takes no decision of its own. Dragging over it selects a window. */
export function TimeChart({ chart, zone, hidden, logScale = false, markers = [], onZoom }: Props) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  const [fromMs, toMs] = chart.domain
  const stepMs = chart.stepSeconds * 1000
  const shown = chart.series.filter(series => !hidden.has(series.key))
  // Left alone, an axis of nothing but zeros ends at 4: for a share that is 400 %.
  const isZeroShare =
    chart.unit === 'share' && chart.points.every(point => shown.every(({ key }) => !point[key]))

  const finishDrag = () => {
    if (drag && drag.from !== drag.to)
      onZoom?.(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to) + stepMs)
    setDrag(null)
  }

  return (
    <ResponsiveContainer width="100%" height={180} debounce={50}>
      <ComposedChart
        data={chart.points}
        margin={MARGIN}
        syncId="analytics"
        syncMethod="value"
        barCategoryGap={chart.points.length > 120 ? 0 : '12%'}
        onMouseDown={state => {
          const at = labelMs(state.activeLabel)
          if (onZoom && at !== null) setDrag({ from: at, to: at })
        }}
        onMouseMove={state => {
          const at = labelMs(state.activeLabel)
          if (drag && at !== null) setDrag({ ...drag, to: at })
        }}
        onMouseUp={finishDrag}
        className="select-none"
      >
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="t"
          type="number"
          scale="time"
          domain={[fromMs, toMs]}
          tickFormatter={value => formatTime(Number(value), toMs - fromMs, zone)}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: 'var(--border)' }}
          minTickGap={48}
        />
        <YAxis
          width={64}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          allowDecimals={chart.unit !== 'count' && chart.unit !== 'replicas'}
          scale={logScale ? 'log' : 'auto'}
          domain={
            logScale
              ? ['auto', 'auto']
              : [
                  0,
                  isZeroShare
                    ? 1
                    : chart.limit
                      ? (max: number) => Math.max(max, chart.limit?.value ?? 0)
                      : 'auto',
                ]
          }
          tickFormatter={value => formatTick(chart.unit, Number(value))}
        />
        <Tooltip
          content={<ChartTooltip chart={chart} zone={zone} markers={markers} />}
          cursor={{
            stroke: 'var(--muted-foreground)',
            strokeDasharray: '3 3',
            fill: 'var(--muted)',
            fillOpacity: 0.35,
          }}
          isAnimationActive={false}
        />
        {chart.unfinishedMs !== null && (
          <ReferenceArea
            x1={chart.unfinishedMs}
            x2={toMs}
            fill="var(--muted-foreground)"
            fillOpacity={0.08}
            ifOverflow="hidden"
          />
        )}
        {markers.map(marker => (
          <ReferenceLine
            key={`${marker.atMs}${marker.message}`}
            x={marker.atMs}
            stroke="var(--muted-foreground)"
            strokeDasharray="2 3"
            ifOverflow="hidden"
          />
        ))}
        {chart.limit && (
          <ReferenceLine
            y={chart.limit.value}
            stroke="var(--state-bad)"
            strokeDasharray="4 3"
            label={{ value: chart.limit.label, position: 'insideTopRight', ...TICK }}
          />
        )}
        {shown.map(series => drawSeries(chart.kind, series))}
        {drag && drag.from !== drag.to && (
          <ReferenceArea
            x1={Math.min(drag.from, drag.to)}
            x2={Math.max(drag.from, drag.to)}
            fill="var(--primary)"
            fillOpacity={0.18}
          />
        )}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

function drawSeries(kind: PreparedChart['kind'], series: PreparedSeries) {
  const shared = { dataKey: series.key, name: series.label, isAnimationActive: false as const }
  if (series.dashed)
    return (
      <Line
        key={series.key}
        {...shared}
        type={kind === 'steps' ? 'stepAfter' : 'linear'}
        stroke={series.color}
        strokeWidth={1.5}
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
          {...shared}
          type="stepAfter"
          stroke={series.color}
          strokeWidth={1.5}
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
          {...shared}
          type="linear"
          stroke={series.color}
          strokeWidth={1.5}
          dot={<LonelyDot />}
          activeDot={{ r: 3 }}
          connectNulls={false}
        />
      )
  }
}
