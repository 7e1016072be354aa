'use client'

import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { LogLine } from '@/lib/domain/logs/line'
import { indexOfSeq } from './session/line-window'

type Options = {
  scroller: RefObject<HTMLDivElement | null>
  virtualizer: Virtualizer<HTMLDivElement, Element>
  lines: readonly LogLine[]
  /** The line to bring into view. */
  target: number | null
  isFollowing: boolean
}

/**
 * Keeps what is being read where it is while lines come and go around it. The line a list opens around is held in
 * the middle until somebody moves: what stands before it may come later than what stands behind it, and in pieces.
 */
export function useReadingPlace({ scroller, virtualizer, lines, target, isFollowing }: Options) {
  const held = useRef(target)
  const anchor = useRef<{ seq: number; offset: number } | null>(null)
  const firstSeq = lines[0]?.seq
  const totalPx = virtualizer.getTotalSize()
  const heightPx = virtualizer.scrollRect?.height

  // Both before the browser paints: nobody sees the lines move and move back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: every line above and every height may have moved it
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || held.current === null || isFollowing) return
    const index = indexOfSeq(lines, held.current)
    const middle = index === -1 ? undefined : virtualizer.getOffsetForIndex(index, 'center')?.[0]
    if (middle !== undefined) element.scrollTop = middle
  }, [lines, totalPx, heightPx, isFollowing])

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the first line that moves the rest
  useLayoutEffect(() => {
    const element = scroller.current
    const place = anchor.current
    if (!place || !element || held.current !== null || isFollowing) return
    const index = indexOfSeq(lines, place.seq)
    const start = index === -1 ? undefined : virtualizer.getOffsetForIndex(index, 'start')?.[0]
    if (start !== undefined) element.scrollTop = start + place.offset
  }, [firstSeq])

  // Chosen later: brought into view once, and not held on to.
  const shown = useRef(target)
  useEffect(() => {
    if (target === null || shown.current === target) return
    const index = indexOfSeq(lines, target)
    if (index === -1 || lines[index]?.seq !== target) return
    shown.current = target
    const isVisible = virtualizer.getVirtualItems().some(item => item.index === index)
    if (!isVisible) virtualizer.scrollToIndex(index, { align: 'center' })
  }, [target, lines, virtualizer])

  return {
    /** Whether the view stands where it was opened and nobody has moved it. */
    isHeld: () => held.current !== null,
    /** Somebody moves: by wheel, finger, key or the scroll bar. */
    letGo: () => {
      held.current = null
    },
    /** Remembers the topmost line on the screen. */
    noteTop: (scrollTop: number) => {
      const first = virtualizer.getVirtualItemForOffset(scrollTop)
      const seq = first && lines[first.index]?.seq
      anchor.current = first && seq !== undefined ? { seq, offset: scrollTop - first.start } : null
    },
  }
}
