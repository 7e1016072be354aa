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
  /** A moment of the day it is: rows of other days say theirs, and are drawn anew when it turns. */
  todayMs: number
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

/**
 * One line: when, who, how bad, what; a line that continues the one before repeats nothing of it. Drawn anew only
 * when something of it has changed: others come and go beside it many times a second.
 */
export const Row = memo(function Row({ line, view, isChosen, index, measure }: RowProps) {
  const place = {
    'data-seq': line.seq,
    'data-index': index ?? undefined,
    ref: index === null ? null : measure,
  }
  if (line.dropped !== undefined)
    return (
      <div
        {...place}
        className="flex w-full items-center gap-2 border-state-warning border-l-2 bg-state-warning/10 px-3 text-state-warning"
      >
        <TriangleAlertIcon className="size-3.5 shrink-0" aria-hidden />
        {line.text}
      </div>
    )
  return (
    <div
      {...place}
      className={cn(
        'flex min-w-full cursor-default border-transparent border-l-2 px-2 md:px-3',
        view.wrap ? 'w-full' : 'w-max',
        LEVEL_LOOK[line.level ?? 'none'].row,
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
})

/** When, who, how bad. */
function LineMeta({ line, view }: { line: LogLine; view: RowView }) {
  const replica = view.looks.get(line.replicaId)
  const level = LEVEL_LOOK[line.level ?? 'none']
  const isRepeat = line.continues === true
  return (
    <>
      <LineTime timeMs={line.timeMs} look={view.time} todayMs={view.todayMs} isRepeat={isRepeat} />
      <span
        data-field="replica"
        className={cn(
          'mr-2 w-2 shrink-0 cursor-pointer select-none overflow-hidden text-clip whitespace-nowrap border-l-2 pl-1.5 text-muted-foreground md:w-20 md:text-ellipsis',
          isRepeat && 'text-transparent',
        )}
        style={{ borderColor: replica?.color ?? 'var(--state-neutral)' }}
        title={
          replica ? `Replica ${replica.name}, revision ${replica.revision}` : `Replica ${line.replicaId}`
        }
      >
        {replica?.name ?? line.replicaId.slice(0, 8)}
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
