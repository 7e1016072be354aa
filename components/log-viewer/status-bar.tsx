'use client'

import { ArrowDownToLineIcon, PauseIcon, PlayIcon, WrapTextIcon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { TIME_LOOKS, type TimeLook } from './format-time'
import type { Connection, Snapshot } from './session/state'

const LOOK: Record<Connection['kind'], { label: string; dot: string }> = {
  connecting: { label: 'Connecting', dot: 'bg-state-progress animate-pulse' },
  live: { label: 'Live', dot: 'bg-state-good' },
  paused: { label: 'Paused', dot: 'bg-state-idle' },
  history: { label: 'Not at the end', dot: 'bg-state-idle' },
  reconnecting: { label: 'Reconnecting', dot: 'bg-state-warning animate-pulse' },
  ended: { label: 'Ended', dot: 'bg-state-neutral' },
}

/** Whether new lines come, always said in a word; and the one thing that can be done about it. */
export function ConnectionStatus({
  snapshot,
  onPause,
  onResume,
}: {
  snapshot: Snapshot
  onPause: () => void
  onResume: () => void
}) {
  const { connection, newLines } = snapshot
  const look = LOOK[connection.kind]
  const canPause = connection.kind === 'live' || connection.kind === 'connecting'
  const canResume = connection.kind === 'paused' || connection.kind === 'history'
  const count = newLines.count.toLocaleString('en-US')
  return (
    <div className="flex items-center gap-2">
      <span role="status" aria-label="Connection" className="flex items-center gap-1.5 text-xs">
        <span className={cn('size-2 rounded-full', look.dot)} aria-hidden />
        {look.label}
        {'message' in connection && (
          <span className="max-w-72 truncate text-muted-foreground" title={connection.message}>
            {connection.message}
          </span>
        )}
      </span>
      {newLines.count > 0 && (
        <span className="text-muted-foreground text-xs tabular-nums">
          {count}
          {newLines.many && '+'} new {newLines.count === 1 ? 'line' : 'lines'}
        </span>
      )}
      {canPause && (
        <Button size="sm" variant="outline" onClick={onPause}>
          <PauseIcon aria-hidden />
          Pause
        </Button>
      )}
      {canResume && (
        <Button size="sm" variant="outline" onClick={onResume}>
          {connection.kind === 'paused' ? <PlayIcon aria-hidden /> : <ArrowDownToLineIcon aria-hidden />}
          {connection.kind === 'paused' ? 'Resume' : 'Go to newest'}
        </Button>
      )}
    </div>
  )
}

/** How lines are drawn; no say in which. */
export function ViewOptions({
  look,
  setLook,
  wrap,
  setWrap,
}: {
  look: TimeLook
  setLook: (look: TimeLook) => void
  wrap: boolean
  setWrap: (wrap: boolean) => void
}) {
  return (
    <div className="flex items-center gap-2">
      <ToggleGroup
        type="single"
        value={look}
        aria-label="Times"
        onValueChange={value => {
          const chosen = TIME_LOOKS.find(each => each === value)
          if (chosen) setLook(chosen)
        }}
      >
        <ToggleGroupItem value="local">Local</ToggleGroupItem>
        <ToggleGroupItem value="utc">UTC</ToggleGroupItem>
        <ToggleGroupItem value="ago">Ago</ToggleGroupItem>
      </ToggleGroup>
      <Button
        size="icon"
        variant="outline"
        aria-label="Wrap long lines"
        title="Wrap long lines"
        aria-pressed={wrap}
        className="aria-pressed:bg-primary/15 aria-pressed:text-primary"
        onClick={() => setWrap(!wrap)}
      >
        <WrapTextIcon aria-hidden />
      </Button>
    </div>
  )
}
