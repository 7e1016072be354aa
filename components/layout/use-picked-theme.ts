'use client'

import { useTheme } from 'next-themes'

/** `app/globals.css` has what it means. */
const STILL = 'changes-theme'

/**
 * The theme somebody picked, and how to pick another, at which nothing fades. next-themes would see to that itself, but
 * also when a page opens: it has the browser work out the style of everything twice more before it is drawn.
 */
export function usePickedTheme() {
  const { theme = 'system', setTheme } = useTheme()
  const pick = (value: string) => {
    const { classList } = document.documentElement
    classList.add(STILL)
    setTheme(value)
    requestAnimationFrame(() => requestAnimationFrame(() => classList.remove(STILL)))
  }
  return { theme, pick }
}
