'use client'

import { useEffect, useState } from 'react'

/** False until the browser first had nothing else to do: for what can wait until the page is drawn. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false)
  useEffect(() => {
    const done = () => setIdle(true)
    // Not every browser says when it is idle.
    if (typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(done, 500)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(done, { timeout: 5_000 })
    return () => cancelIdleCallback(handle)
  }, [])
  return isIdle
}
