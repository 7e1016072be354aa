'use client'

import type { LogLine } from '@/lib/domain/logs/line'
import { exactTime } from './format-time'
import { LEVEL_LOOK } from './level-look'
import type { ReplicaLook } from './use-log-head'
import type { LogValue } from './values/log-value'
import type { PickedValue } from './values/value-menu'

type Props = {
  line: LogLine
  replica: ReplicaLook | undefined
  zone: 'local' | 'utc'
  onPick: (picked: PickedValue) => void
}

/** Everything that is known of a line but its text; what can be filtered by opens a menu. */
export function LineFacts({ line, replica, zone, onPick }: Props) {
  const values: { name: string; text: string; value: LogValue }[] = [
    {
      name: 'Level',
      text: LEVEL_LOOK[line.level ?? 'none'].label,
      value: { field: 'level', value: line.level ?? 'none' },
    },
    {
      name: 'Replica',
      text: replica?.name ?? line.replicaId.slice(0, 8),
      value: { field: 'replica', value: line.replicaId },
    },
    {
      name: 'Revision',
      text: String(line.revision),
      value: { field: 'revision', value: String(line.revision) },
    },
    { name: 'Stream', text: line.stream, value: { field: 'stream', value: line.stream } },
    ...(line.requestId === null
      ? []
      : [
          {
            name: 'Request',
            text: line.requestId,
            value: { field: 'request', value: line.requestId } as const,
          },
        ]),
  ]
  return (
    <dl className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      <Fact name="Line">
        <span className="font-mono">{line.seq.toLocaleString('en-US')}</span>
      </Fact>
      <Fact name="Time">
        <span className="font-mono">{exactTime(line.timeMs, zone)}</span>
      </Fact>
      {values.map(({ name, text, value }) => (
        <Fact key={name} name={name}>
          <button
            type="button"
            aria-haspopup="menu"
            aria-label={`${name} ${text}: filter`}
            onClick={event => onPick({ value, origin: event.currentTarget })}
            className="max-w-72 truncate rounded-xs px-0.5 text-left font-mono underline decoration-dotted underline-offset-2 outline-none hover:bg-primary/15 focus-visible:outline-2 focus-visible:outline-ring"
          >
            {text}
          </button>
        </Fact>
      ))}
    </dl>
  )
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="flex min-w-0 items-baseline gap-1">
    <dt className="text-muted-foreground">{name}</dt>
    <dd className="min-w-0">{children}</dd>
  </div>
)
