'use client'

import { useSyncExternalStore } from 'react'

/* One time under the pointer for all charts of a page, outside React: moving it must not draw a chart again. */
let atMs: number | null = null
const listeners = new Set<() => void>()

export function setCrosshair(ms: number | null): void {
  if (ms === atMs) return
  atMs = ms
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The time whose bucket the pointer is in, in whichever chart; null while it is in none. */
export const useCrosshair = (): number | null =>
  useSyncExternalStore(
    subscribe,
    () => atMs,
    () => null,
  )
