'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react'
import { cn } from '@/components/ui/cn'
import type { LogLine } from '@/lib/domain/logs/line'
import { drawnText } from './ansi-text'
import { Row, type RowView, rowText } from './line-row'
import { rowValueAt } from './row-value'
import { indexOfSeq } from './session/line-window'
import { useReadingPlace } from './use-reading-place'
import type { PickedValue } from './values/value-menu'

const ROW_PX = 20
/** Closer to an end than this, more is read: far enough that a quick scroll does not arrive before it does. */
const NEAR_PX = 8_000

type Props = {
  lines: readonly LogLine[]
  view: RowView
  /** Stays at the newest line as lines come. */
  isFollowing: boolean
  chosen: number | null
  /** Brought into view once it is there, and not held on to afterwards. */
  target: number | null
  onPick: (picked: PickedValue) => void
  onChoose: (seq: number) => void
  onNearStart: () => void
  onNearEnd: () => void
  /** The person arrived at the newest line, or left it. */
  onAtEnd: (isAtEnd: boolean) => void
  children?: ReactNode
}

/** The lines that are on the screen, of however many there are. */
export function LineList(props: Props) {
  const { lines, view, isFollowing, chosen, target, onPick, onChoose, onNearStart, onNearEnd, onAtEnd } =
    props
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: index => lines[index]?.seq ?? index,
    overscan: 15,
  })
  const items = virtualizer.getVirtualItems()
  const totalPx = virtualizer.getTotalSize()

  const place = useReadingPlace({ scroller, virtualizer, lines, target, isFollowing })

  // Scrolling away counts at once; the session's own word for it comes with the next drawing.
  const sticks = useRef(true)
  useLayoutEffect(() => {
    sticks.current = isFollowing
  }, [isFollowing])
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new line and every new height is to be followed
  useLayoutEffect(() => {
    if (isFollowing && sticks.current && lines.length > 0)
      virtualizer.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [isFollowing, lines, totalPx])

  // Heights that were measured hold for one width and one way of wrapping.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of wrapping that makes them wrong
  useLayoutEffect(() => virtualizer.measure(), [view.wrap])

  // The thread that finds matches of an expression is told what is on the screen.
  useEffect(() => {
    view.marks.want?.(
      items.flatMap(item => {
        const line = lines[item.index]
        return line ? [drawnText(rowText(line))] : []
      }),
    )
  }, [items, lines, view.marks])

  const lastTop = useRef(0)
  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    place.noteTop(element.scrollTop)
    const below = element.scrollHeight - element.scrollTop - element.clientHeight
    if (element.scrollTop < NEAR_PX) onNearStart()
    if (below < NEAR_PX) onNearEnd()
    // Away from the end is where somebody scrolled up to; rows that are measured taller only seem to be it.
    const isUp = element.scrollTop < lastTop.current
    lastTop.current = element.scrollTop
    // Opened near the end is not gone to the end: what was asked for must not scroll away.
    if (place.isHeld()) return
    if (below < ROW_PX) onAtEnd(true)
    else if (isUp) {
      sticks.current = false
      onAtEnd(false)
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    place.letGo()
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    // The first one is the newest: where everybody looks.
    const next = chosen === null ? lines.at(-1) : lines[indexOfSeq(lines, chosen) + step]
    if (!next) return
    event.preventDefault()
    onChoose(next.seq)
  }

  const onClick = (event: MouseEvent) => {
    // Selecting text to copy ends in a click too.
    if (window.getSelection()?.toString() !== '' || !(event.target instanceof HTMLElement)) return
    const seq = event.target.closest<HTMLElement>('[data-seq]')?.dataset.seq
    const line = seq === undefined ? undefined : lines[indexOfSeq(lines, Number(seq))]
    if (!line) return
    const value = rowValueAt(event.target, line)
    if (value) onPick(value)
    else onChoose(line.seq)
  }

  return (
    <div
      ref={scroller}
      onScroll={onScroll}
      onWheel={place.letGo}
      onTouchMove={place.letGo}
      onPointerDown={place.letGo}
      onKeyDown={onKeyDown}
      onClick={onClick}
      role="log"
      aria-live="off"
      aria-label="Log lines"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative min-h-0 flex-1 overflow-auto overscroll-contain font-mono text-xs leading-5 outline-none [overflow-anchor:none] focus-visible:outline-2 focus-visible:outline-ring focus-visible:-outline-offset-2"
    >
      {props.children}
      <div className={cn('relative', !view.wrap && 'w-max min-w-full')} style={{ height: totalPx }}>
        <div
          className={cn('absolute top-0 left-0 min-w-full', view.wrap && 'w-full')}
          // Not a transform: rows that stay keep their place, and what is painted of them is scrolled, not painted anew.
          style={{ paddingTop: items[0]?.start ?? 0 }}
        >
          {items.map(item => {
            const line = lines[item.index]
            return (
              line && (
                <Row
                  key={item.key}
                  line={line}
                  view={view}
                  isChosen={line.seq === chosen}
                  // Only a row that is measured need know where it stands; the others are not drawn anew when that moves.
                  index={view.wrap ? item.index : null}
                  measure={virtualizer.measureElement}
                />
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}
