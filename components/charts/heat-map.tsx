'use client'

import { useRef } from 'react'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import { formatValue } from '@/lib/domain/format/measure'
import { formatExact, type Zone } from '@/lib/domain/format/time'
import { PLOT, TICK_TEXT } from './plot'
import { TimeAxis } from './time-axis'
import { useWidth } from './use-width'

type Props = { chart: PreparedChart; zone: Zone }

/** Rarely more than one label per this many pixels. */
const LABEL_PX = 26

/** Rows of durations over time, the darker the more requests: what percentiles hide, such as two modes. */
export function HeatMap({ chart, zone }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const rowHeight = (PLOT.height - PLOT.top - PLOT.bottom) / chart.series.length
  return (
    <div ref={frame} style={{ height: PLOT.height }}>
      {width > 0 && (
        <svg
          width={width}
          height={PLOT.height}
          className="drawn-by-hand"
          role="img"
          aria-label="Latency heat map; the table view has its numbers"
        >
          <Cells chart={chart} zone={zone} plotWidth={width - PLOT.left - PLOT.right} rowHeight={rowHeight} />
          <RowLabels chart={chart} rowHeight={rowHeight} />
          <TimeAxis domain={chart.domain} zone={zone} width={width} height={PLOT.height} />
        </svg>
      )}
    </div>
  )
}

const rowTop = (chart: PreparedChart, row: number, rowHeight: number) =>
  PLOT.top + (chart.series.length - 1 - row) * rowHeight

function Cells({ chart, zone, plotWidth, rowHeight }: Props & { plotWidth: number; rowHeight: number }) {
  const [fromMs, toMs] = chart.domain
  const most = Math.max(...chart.points.flatMap(point => chart.series.map(({ key }) => point[key] ?? 0)))
  const stepWidth = (plotWidth * chart.stepSeconds * 1000) / (toMs - fromMs)
  return chart.series.map(({ key, label, color }, row) =>
    chart.points.map((point, index) => {
      const count = point[key] ?? 0
      if (count === 0) return null
      return (
        <rect
          key={`${key}${point.t}`}
          x={PLOT.left + index * stepWidth}
          width={Math.max(1, stepWidth)}
          y={rowTop(chart, row, rowHeight)}
          height={rowHeight}
          fill={color}
          // By magnitude: a rare slow request must stay visible beside thousands of fast ones.
          fillOpacity={0.15 + 0.85 * (Math.log1p(count) / Math.log1p(most))}
        >
          <title>{`${formatExact(point.t, zone)}: ${formatValue('count', count)} at ${label}`}</title>
        </rect>
      )
    }),
  )
}

function RowLabels({ chart, rowHeight }: { chart: PreparedChart; rowHeight: number }) {
  const every = Math.ceil(LABEL_PX / rowHeight)
  return chart.series.map(({ key, label }, row) =>
    row % every === 0 ? (
      <text
        key={key}
        {...TICK_TEXT}
        x={PLOT.left - 8}
        y={rowTop(chart, row, rowHeight) + rowHeight / 2 + 4}
        textAnchor="end"
      >
        {label.split(/ – |up to /).at(-1)}
      </text>
    ) : null,
  )
}
