'use client'

import { useSyncExternalStore } from 'react'

const TICK_MS = 10_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** Whole ticks, so that a snapshot stays the same between two of them. */
const currentTick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/**
 * The current time, to the last 10 s, for relative times: one clock for the whole page. Server and browser may
 * read it a tick apart, so the element that shows it needs `suppressHydrationWarning`.
 */
export const useNow = (): number => useSyncExternalStore(subscribe, currentTick, currentTick)
