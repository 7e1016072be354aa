import type { ReplicaCharts } from '@/lib/domain/analytics/view'
import type { ReplicaState } from '@/lib/domain/endpoint/state'
import { formatExact, formatTime, type Zone } from '@/lib/domain/format/time'

/** One colour per state, the same as in badges and timelines. */
const COLORS: Record<ReplicaState, string> = {
  pending: 'var(--state-neutral)',
  downloading: 'var(--series-7)',
  initializing: 'var(--state-progress)',
  running: 'var(--state-good)',
  draining: 'var(--state-idle)',
  stopped: 'transparent',
  failed: 'var(--state-bad)',
}

/** Replicas as bands of their states over the window; a stopped replica leaves no band. */
export function ReplicaBands({ data, zone }: { data: ReplicaCharts; zone: Zone }) {
  const span = data.toMs - data.fromMs
  const percent = (ms: number) => `${(Math.min(Math.max(ms - data.fromMs, 0), span) / span) * 100}%`
  return (
    <div className="grid gap-1 text-xs">
      {data.bands.map(band => (
        <div key={band.replicaId} className="grid grid-cols-[4.5rem_1fr] items-center gap-2">
          <span className="truncate font-mono text-muted-foreground" title={`Revision ${band.revision}`}>
            {band.name}
          </span>
          <span className="relative h-4 overflow-hidden rounded-sm bg-muted">
            {band.intervals.map(interval => {
              const end = interval.toMs ?? data.nowMs
              return (
                <span
                  key={interval.fromMs}
                  role="img"
                  aria-label={`${band.name} ${interval.state} from ${formatExact(interval.fromMs, zone)} to ${interval.toMs === null ? 'now' : formatExact(end, zone)}`}
                  title={`${interval.state}: ${formatExact(interval.fromMs, zone)} – ${interval.toMs === null ? 'now' : formatExact(end, zone)}`}
                  className="absolute inset-y-0"
                  style={{
                    left: percent(interval.fromMs),
                    width: `max(2px, calc(${percent(end)} - ${percent(interval.fromMs)}))`,
                    background: COLORS[interval.state],
                  }}
                />
              )
            })}
          </span>
        </div>
      ))}
      <div className="flex justify-between pl-20 text-2xs text-muted-foreground tabular-nums">
        <span>{formatTime(data.fromMs, span, zone)}</span>
        <span>{formatTime(data.toMs, span, zone)}</span>
      </div>
      <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-muted-foreground">
        {(['pending', 'downloading', 'initializing', 'running', 'draining', 'failed'] as const).map(state => (
          <li key={state} className="flex items-center gap-1.5">
            <span className="size-2 rounded-[2px]" style={{ background: COLORS[state] }} />
            {state}
          </li>
        ))}
      </ul>
      {data.moreReplicas > 0 && (
        <p className="text-muted-foreground">
          The newest {data.bands.length} of {data.bands.length + data.moreReplicas} replicas.
        </p>
      )}
    </div>
  )
}
