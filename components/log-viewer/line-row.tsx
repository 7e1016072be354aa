'use client'

import { TriangleAlertIcon } from 'lucide-react'
import { memo } from 'react'
import { cn } from '@/components/ui/cn'
import type { LogLine } from '@/lib/domain/logs/line'
import { lastRewrite } from '@/lib/domain/logs/visible'
import { AnsiText } from './ansi-text'
import type { TimeLook } from './format-time'
import { LEVEL_LOOK } from './level-look'
import { LineTime } from './line-time'
import type { Marks } from './marks/use-marks'
import type { ReplicaLook } from './use-log-head'

/** Longer text is shown whole in the line's detail; a row is one glance. */
const ROW_CHARACTERS = 4_000

export type RowView = {
  time: TimeLook
  wrap: boolean
  marks: Marks
  looks: ReadonlyMap<string, ReplicaLook>
}

/** What of a line's text stands in its row. */
export const rowText = (line: LogLine): string => lastRewrite(line.text).slice(0, ROW_CHARACTERS)

type RowProps = {
  line: LogLine
  view: RowView
  isChosen: boolean
  index: number | null
  measure: (element: HTMLElement | null) => void
}

/** Drawn anew only when something of it has changed: others come and go beside it many times a second. */
export const Row = memo(function Row({ line, view, isChosen, index, measure }: RowProps) {
  return (
    <div
      data-seq={line.seq}
      data-index={index ?? undefined}
      ref={index === null ? undefined : measure}
      className="min-w-full cursor-default"
    >
      <LineRow line={line} view={view} isChosen={isChosen} />
    </div>
  )
})

/** One line: when, who, how bad, what. Lines that continue the one before repeat nothing of it. */
function LineRow({ line, view, isChosen }: { line: LogLine; view: RowView; isChosen: boolean }) {
  if (line.dropped !== undefined) return <MarkerRow text={line.text} />
  const level = LEVEL_LOOK[line.level ?? 'none']
  return (
    <div
      className={cn(
        'flex min-w-full border-transparent border-l-2 px-2 md:px-3',
        view.wrap ? 'w-full' : 'w-max',
        level.row,
        isChosen ? 'border-l-primary bg-primary/12' : 'hover:bg-accent/60',
      )}
    >
      <LineMeta line={line} view={view} />
      <span className={cn('min-w-0', view.wrap ? 'whitespace-pre-wrap wrap-anywhere' : 'whitespace-pre')}>
        <AnsiText text={rowText(line)} marksOf={view.marks.of} />
        {line.cutBytes !== undefined && (
          <span className="text-state-warning"> … {line.cutBytes.toLocaleString('en-US')} bytes cut</span>
        )}
      </span>
    </div>
  )
}

function LineMeta({ line, view }: { line: LogLine; view: RowView }) {
  const replica = view.looks.get(line.replicaId)
  const level = LEVEL_LOOK[line.level ?? 'none']
  const isRepeat = line.continues === true
  return (
    <>
      <LineTime timeMs={line.timeMs} look={view.time} isRepeat={isRepeat} />
      <span
        data-field="replica"
        className="mr-2 flex w-2 shrink-0 cursor-pointer select-none items-center gap-1.5 md:w-20"
        title={
          replica ? `Replica ${replica.name}, revision ${replica.revision}` : `Replica ${line.replicaId}`
        }
      >
        <span
          className={cn('w-0.5 shrink-0 self-stretch rounded-full', isRepeat && 'opacity-60')}
          style={{ background: replica?.color ?? 'var(--state-neutral)' }}
          aria-hidden
        />
        <span className={cn('hidden truncate text-muted-foreground md:inline', isRepeat && 'opacity-0')}>
          {replica?.name ?? line.replicaId.slice(0, 8)}
        </span>
      </span>
      <span
        data-field="level"
        className={cn(
          'mr-2 w-7 cursor-pointer shrink-0 select-none whitespace-pre',
          level.className,
          isRepeat && 'opacity-0',
        )}
        title={line.level ? level.label : undefined}
      >
        {level.short}
      </span>
    </>
  )
}

function MarkerRow({ text }: { text: string }) {
  return (
    <div className="flex w-full items-center gap-2 border-state-warning border-l-2 bg-state-warning/10 px-3 text-state-warning">
      <TriangleAlertIcon className="size-3.5 shrink-0" aria-hidden />
      {text}
    </div>
  )
}
