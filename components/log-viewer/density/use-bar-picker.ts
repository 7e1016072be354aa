'use client'

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react'
import { type Bar, rangeOfBars } from './density-bars'

type Options = {
  bars: readonly Bar[]
  bucketMs: number
  onOpenAt: (timeMs: number) => void
  onRange: (range: { since: number; until: number }) => void
}

type Drag = { leftPx: number; widthPx: number }

const barsIn = (strip: HTMLElement): HTMLElement[] => [...strip.querySelectorAll<HTMLElement>('[data-at]')]

/** What pointers and keys do on a strip of bars, each of which says its time in `data-at`. */
export function useBarPicker({ bars, bucketMs, onOpenAt, onRange }: Options) {
  const from = useRef<number | null>(null)
  const hasDrawn = useRef(false)
  const [drag, setDrag] = useState<Drag | null>(null)

  const indexAt = (strip: HTMLElement, clientX: number): number => {
    const { left, width } = strip.getBoundingClientRect()
    const index = Math.floor(((clientX - left) / width) * bars.length)
    return Math.min(Math.max(index, 0), bars.length - 1)
  }
  const placeOf = (strip: HTMLElement, a: number, b: number): Drag => {
    const barPx = strip.clientWidth / Math.max(1, bars.length)
    return { leftPx: strip.offsetLeft + Math.min(a, b) * barPx, widthPx: (Math.abs(a - b) + 1) * barPx }
  }

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    hasDrawn.current = false
    from.current = indexAt(event.currentTarget, event.clientX)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const start = from.current
    if (start === null) return
    const now = indexAt(event.currentTarget, event.clientX)
    if (now === start && !hasDrawn.current) return
    // From here on it is a drag, wherever it goes; a click keeps going to its bar.
    if (!hasDrawn.current) event.currentTarget.setPointerCapture(event.pointerId)
    hasDrawn.current = true
    setDrag(placeOf(event.currentTarget, start, now))
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const a = from.current === null ? undefined : bars[from.current]
    const b = bars[indexAt(event.currentTarget, event.clientX)]
    from.current = null
    setDrag(null)
    if (hasDrawn.current && a && b) onRange(rangeOfBars(a, b, bucketMs))
  }
  const onPointerCancel = () => {
    from.current = null
    setDrag(null)
  }
  const onClick = (event: MouseEvent) => {
    const bar = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-at]') : null
    // A drag ends in a click too.
    if (bar && !hasDrawn.current) onOpenAt(Number(bar.dataset.at))
    hasDrawn.current = false
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const all = barsIn(event.currentTarget)
    const at = all.indexOf(event.target as HTMLElement)
    // The first one is the newest.
    all.at(at === -1 ? -1 : Math.min(Math.max(at + step, 0), all.length - 1))?.focus()
  }
  return {
    drag,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onClick, onKeyDown },
  }
}
