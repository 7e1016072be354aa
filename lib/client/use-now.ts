'use client'

import { useSyncExternalStore } from 'react'

/** One clock for the whole page; whole ticks, so that a snapshot stays the same between two of them. */
function clockOf(tickMs: number) {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  const currentTick = () => Math.floor(Date.now() / tickMs) * tickMs
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener)
    timer ??= setInterval(() => {
      for (const each of listeners) each()
    }, tickMs)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }
  return () => useSyncExternalStore(subscribe, currentTick, currentTick)
}

/**
 * The current time, to the last 10 s, for relative times. Server and browser may read it a tick apart, so the
 * element that shows it needs `suppressHydrationWarning`.
 */
export const useNow = clockOf(10_000)

/** The same to the last second, for what is watched as it happens. */
export const useSecond = clockOf(1_000)
