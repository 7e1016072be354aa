'use client'

import { type PointerEvent, useRef, useState } from 'react'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import { formatValue } from '@/lib/domain/format/measure'
import { formatExact, formatTime, type Zone } from '@/lib/domain/format/time'
import { useWidth } from './use-width'

type Props = { chart: PreparedChart; zone: Zone; onZoom?: (fromMs: number, toMs: number) => void }

/* The plot's edges are those of the other charts, so that times line up. */
const HEIGHT = 180
const LEFT = 64
const RIGHT = 8
const BOTTOM = 24
const TOP = 6
/** Rarely more than one label per this many pixels. */
const LABEL_PX = 26

/** Rows of durations over time, the darker the more requests: what percentiles hide, such as two modes. */
export function HeatMap({ chart, zone, onZoom }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  const [fromMs, toMs] = chart.domain
  const plotWidth = Math.max(0, width - LEFT - RIGHT)
  const rowHeight = (HEIGHT - TOP - BOTTOM) / chart.series.length
  const x = (ms: number) => LEFT + ((ms - fromMs) / (toMs - fromMs)) * plotWidth
  const stepMs = chart.stepSeconds * 1000
  const bucketAt = (event: PointerEvent<SVGSVGElement>) => {
    const share = (event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / plotWidth
    const index = Math.min(Math.max(Math.floor(share * chart.points.length), 0), chart.points.length - 1)
    return fromMs + index * stepMs
  }
  const finish = () => {
    if (drag && drag.from !== drag.to)
      onZoom?.(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to) + stepMs)
    setDrag(null)
  }
  return (
    <div ref={frame} style={{ height: HEIGHT }}>
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          className="heat-map select-none"
          role="img"
          aria-label="Latency heat map; the table view has its numbers"
          onPointerDown={event => setDrag({ from: bucketAt(event), to: bucketAt(event) })}
          onPointerMove={event => drag && setDrag({ ...drag, to: bucketAt(event) })}
          onPointerUp={finish}
          onPointerLeave={() => setDrag(null)}
        >
          <Cells chart={chart} zone={zone} x={x} rowHeight={rowHeight} />
          <Labels chart={chart} zone={zone} x={x} rowHeight={rowHeight} />
          {drag && drag.from !== drag.to && (
            <rect
              x={x(Math.min(drag.from, drag.to))}
              width={Math.abs(x(drag.to) - x(drag.from)) + x(fromMs + stepMs) - x(fromMs)}
              y={TOP}
              height={HEIGHT - TOP - BOTTOM}
              fill="var(--primary)"
              fillOpacity={0.18}
            />
          )}
        </svg>
      )}
    </div>
  )
}

type Scales = { chart: PreparedChart; zone: Zone; x: (ms: number) => number; rowHeight: number }

const rowTop = (chart: PreparedChart, row: number, rowHeight: number) =>
  TOP + (chart.series.length - 1 - row) * rowHeight

function Cells({ chart, zone, x, rowHeight }: Scales) {
  const most = Math.max(...chart.points.flatMap(point => chart.series.map(({ key }) => point[key] ?? 0)))
  const stepMs = chart.stepSeconds * 1000
  return chart.series.map(({ key, label, color }, row) =>
    chart.points.map(point => {
      const count = point[key] ?? 0
      if (count === 0) return null
      return (
        <rect
          key={`${key}${point.t}`}
          x={x(point.t)}
          width={Math.max(1, x(point.t + stepMs) - x(point.t))}
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

function Labels({ chart, zone, x, rowHeight }: Scales) {
  const [fromMs, toMs] = chart.domain
  const text = { fontSize: 11, fill: 'var(--muted-foreground)' }
  const every = Math.ceil(LABEL_PX / rowHeight)
  const times = Math.max(2, Math.floor((x(toMs) - x(fromMs)) / 110))
  return (
    <>
      {chart.series.map(({ key, label }, row) =>
        row % every === 0 ? (
          <text
            key={key}
            {...text}
            x={LEFT - 8}
            y={rowTop(chart, row, rowHeight) + rowHeight / 2 + 4}
            textAnchor="end"
          >
            {label.split(/ – |up to /).at(-1)}
          </text>
        ) : null,
      )}
      {Array.from({ length: times }, (_, index) => {
        const at = fromMs + ((toMs - fromMs) * (index + 0.5)) / times
        return (
          <text key={at} {...text} x={x(at)} y={HEIGHT - 8} textAnchor="middle">
            {formatTime(at, toMs - fromMs, zone)}
          </text>
        )
      })}
    </>
  )
}
