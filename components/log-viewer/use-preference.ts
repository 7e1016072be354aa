'use client'

import { useSyncExternalStore } from 'react'

const CHANGED = 'slipway-preference'

const subscribe = (listener: () => void) => {
  window.addEventListener(CHANGED, listener)
  window.addEventListener('storage', listener)
  return () => {
    window.removeEventListener(CHANGED, listener)
    window.removeEventListener('storage', listener)
  }
}

/** How this browser likes it: kept here and not in the URL, because a link is for others. */
export function usePreference(name: string, fallback: boolean): [boolean, (value: boolean) => void] {
  const key = `slipway.${name}`
  const read = () => {
    const stored = window.localStorage.getItem(key)
    return stored === null ? fallback : stored === '1'
  }
  const value = useSyncExternalStore(subscribe, read, () => fallback)
  const set = (next: boolean) => {
    window.localStorage.setItem(key, next ? '1' : '0')
    window.dispatchEvent(new Event(CHANGED))
  }
  return [value, set]
}
