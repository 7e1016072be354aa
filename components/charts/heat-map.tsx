'use client'

import { memo, type PointerEvent, useRef, useState } from 'react'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import type { Zone } from '@/lib/domain/format/time'
import { HeatCell } from './heat-cell'
import { PLOT, TICK_TEXT } from './plot'
import { barPath } from './shapes'
import { TimeAxis } from './time-axis'
import { useWidth } from './use-width'

type Props = { chart: PreparedChart; zone: Zone }

/** Rarely more than one label per this many pixels. */
const LABEL_PX = 26
/** As many strengths of colour as an eye tells apart, each drawn as one path. */
const STRENGTHS = 12

/** Rows of durations over time, the stronger the more requests: what percentiles hide, such as two modes. */
export const HeatMap = memo(function HeatMap({ chart, zone }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const [over, setOver] = useState<{ x: number; y: number } | null>(null)
  const move = ({ clientX, clientY, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const box = currentTarget.getBoundingClientRect()
    setOver({ x: clientX - box.left, y: clientY - box.top })
  }
  return (
    <div ref={frame} style={{ height: PLOT.height }}>
      {width > 0 && (
        <svg
          width={width}
          height={PLOT.height}
          className="drawn-by-hand block"
          role="img"
          aria-label="Latency heat map; the table view has its numbers"
          onPointerMove={move}
          onPointerLeave={() => setOver(null)}
        >
          <Cells chart={chart} width={width} />
          <RowLabels chart={chart} />
          <TimeAxis domain={chart.domain} zone={zone} width={width} height={PLOT.height} />
        </svg>
      )}
      {over && <HeatCell chart={chart} zone={zone} width={width} at={over} />}
    </div>
  )
})

const heightOf = (chart: PreparedChart) => (PLOT.height - PLOT.top - PLOT.bottom) / chart.series.length
const topOf = (chart: PreparedChart, row: number) =>
  PLOT.top + (chart.series.length - 1 - row) * heightOf(chart)

/** By magnitude, from the rarest to the most frequent: one slow request stays visible beside thousands of fast ones. */
function strengths(counts: readonly number[]): (count: number) => number {
  const least = Math.log(Math.min(...counts))
  const span = Math.log(Math.max(...counts)) - least
  return count =>
    span === 0 ? STRENGTHS - 1 : Math.round(((Math.log(count) - least) / span) * (STRENGTHS - 1))
}

const Cells = memo(function Cells({ chart, width }: { chart: PreparedChart; width: number }) {
  const [fromMs, toMs] = chart.domain
  const counts = chart.points.flatMap(point => chart.series.map(({ key }) => point[key] ?? 0))
  const strengthOf = strengths(counts.filter(count => count > 0))
  const xOf = (ms: number) => PLOT.left + ((ms - fromMs) / (toMs - fromMs)) * (width - PLOT.left - PLOT.right)
  const paths = new Array<string>(STRENGTHS).fill('')
  chart.series.forEach(({ key }, row) => {
    const top = topOf(chart, row)
    const bottom = top + heightOf(chart)
    for (const point of chart.points) {
      const count = point[key] ?? 0
      if (count === 0) continue
      const strength = strengthOf(count)
      const left = xOf(point.t)
      const right = Math.max(left + 1, xOf(point.t + chart.stepSeconds * 1000))
      paths[strength] += barPath([{ left, right, y: top }], [bottom], 0)
    }
  })
  return paths.map((path, strength) => (
    <path
      // biome-ignore lint/suspicious/noArrayIndexKey: the index is the strength
      key={strength}
      d={path}
      fill={chart.series[0]?.color}
      fillOpacity={0.15 + (0.85 * (strength + 1)) / STRENGTHS}
      shapeRendering="crispEdges"
    />
  ))
})

function RowLabels({ chart }: { chart: PreparedChart }) {
  const every = Math.ceil(LABEL_PX / heightOf(chart))
  return chart.series.map(({ key, label }, row) =>
    row % every === 0 ? (
      <text
        key={key}
        {...TICK_TEXT}
        x={PLOT.left - 8}
        y={topOf(chart, row) + heightOf(chart) / 2 + 4}
        textAnchor="end"
      >
        {label.split(/ – |up to /).at(-1)}
      </text>
    ) : null,
  )
}
