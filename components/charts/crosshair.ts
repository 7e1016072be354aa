'use client'

import { type KeyboardEvent, useSyncExternalStore } from 'react'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'

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

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/** Arrow keys move the crosshair of a chart that has the focus, bucket by bucket, from the newest on. */
export const crosshairKeys = ({ domain: [fromMs, toMs], stepSeconds }: PreparedChart) => ({
  onKeyDown: (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const stepMs = stepSeconds * 1000
    const next = atMs === null ? toMs - stepMs : atMs + step * stepMs
    setCrosshair(Math.min(Math.max(next, fromMs), toMs - stepMs))
  },
  onBlur: () => setCrosshair(null),
})
