'use client'

import { useEffect, useRef, useState } from 'react'

/** Whether the element has been on the screen for this long at a stretch; scrolling or typing past it does not count. */
export function useStaysInView<E extends Element>(forMs: number) {
  const ref = useRef<E>(null)
  const [stayed, setStayed] = useState(false)

  // Synchronises with the browser's view of the page, until the element has stayed once.
  useEffect(() => {
    const element = ref.current
    if (!element || stayed) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new IntersectionObserver(([entry]) => {
      clearTimeout(timer)
      if (entry?.isIntersecting) timer = setTimeout(() => setStayed(true), forMs)
    })
    observer.observe(element)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [forMs, stayed])

  return { ref, stayed }
}
