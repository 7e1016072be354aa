'use client'

import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'

/* How wide the plots of the page are: side by side in one grid, all are alike. */
let expectedPx = 0

/**
 * Says how wide plots will be, while something of the same shape stands in their place: they are then drawn in the
 * slices in which React makes them, not all in the one that puts them on the page.
 */
export function expectWidth(px: number): void {
  expectedPx = Math.max(0, Math.round(px))
}

/** The width of an element in pixels, as it changes; 0 before it is known. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(expectedPx)
  const isKnown = width > 0
  useLayoutEffect(() => {
    // At once: what is drawn is in the frame in which its data came, not in the one after.
    if (!isKnown && ref.current) setWidth(Math.round(ref.current.clientWidth))
  }, [ref, isKnown])
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      expectWidth(entry.contentRect.width)
      setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}
