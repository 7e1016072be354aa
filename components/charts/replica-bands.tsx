'use client'

import { useRef } from 'react'
import type { ReplicaCharts } from '@/lib/domain/analytics/view'
import { REPLICA_STATES } from '@/lib/domain/endpoint/state'
import { formatExact, type Zone } from '@/lib/domain/format/time'
import { PLOT, TICK_TEXT } from './plot'
import { BAND_COLORS } from './replica-colors'
import { TimeAxis } from './time-axis'
import { useWidth } from './use-width'

type Band = ReplicaCharts['bands'][number]

const ROW = 20
const BAND = 14

/** Replicas as bands of their states over the window; where one has stopped, a thin line goes on. */
export function ReplicaBands({ data, zone }: { data: ReplicaCharts; zone: Zone }) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const height = PLOT.top + data.bands.length * ROW + PLOT.bottom
  return (
    <div ref={frame} style={{ height }}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          className="drawn-by-hand"
          role="img"
          aria-label="Replicas over time; the table view has every state with its times"
        >
          {data.bands.map((band, row) => (
            <BandRow
              key={band.replicaId}
              band={band}
              data={data}
              zone={zone}
              top={PLOT.top + row * ROW}
              plotWidth={width - PLOT.left - PLOT.right}
            />
          ))}
          <TimeAxis domain={[data.fromMs, data.toMs]} zone={zone} width={width} height={height} />
        </svg>
      )}
    </div>
  )
}

type RowProps = { band: Band; data: ReplicaCharts; zone: Zone; top: number; plotWidth: number }

function BandRow({ band, data, zone, top, plotWidth }: RowProps) {
  const { fromMs, toMs, nowMs } = data
  const x = (ms: number) =>
    PLOT.left + (Math.min(Math.max(ms - fromMs, 0), toMs - fromMs) / (toMs - fromMs)) * plotWidth
  const last = band.intervals.at(-1)
  const until = (ms: number | null) => (ms === null ? 'now' : formatExact(ms, zone))
  return (
    <g>
      <text {...TICK_TEXT} x={PLOT.left - 8} y={top + BAND - 3} textAnchor="end">
        {band.name}
        <title>{`Revision ${band.revision}`}</title>
      </text>
      {band.intervals.map(interval => (
        <rect
          key={interval.fromMs}
          x={x(interval.fromMs)}
          width={Math.max(2, x(interval.toMs ?? nowMs) - x(interval.fromMs))}
          y={top}
          height={BAND}
          rx={2}
          fill={BAND_COLORS[interval.state]}
        >
          <title>{`${band.name} ${interval.state}: ${formatExact(interval.fromMs, zone)} – ${until(interval.toMs)}`}</title>
        </rect>
      ))}
      {last && last.toMs !== null && last.toMs < Math.min(nowMs, toMs) && (
        <rect
          x={x(last.toMs)}
          width={x(Math.min(nowMs, toMs)) - x(last.toMs)}
          y={top + BAND / 2 - 1}
          height={2}
          fill={BAND_COLORS.stopped}
        >
          <title>{`${band.name} stopped at ${formatExact(last.toMs, zone)}`}</title>
        </rect>
      )}
    </g>
  )
}

export function BandLegend() {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-muted-foreground text-xs">
      {REPLICA_STATES.map(state => (
        <li key={state} className="flex items-center gap-1.5">
          <span
            className={state === 'stopped' ? 'h-0.5 w-2.5' : 'size-2 rounded-[2px]'}
            style={{ background: BAND_COLORS[state] }}
          />
          {state}
        </li>
      ))}
    </ul>
  )
}
