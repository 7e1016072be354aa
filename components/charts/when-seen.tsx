'use client'

import {
  createContext,
  memo,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { PLOT } from './plot'

/** So far out of sight a plot is drawn already, so that scrolling finds it there. */
const AHEAD_PX = 240

/** Plots that are in sight when a page opens: they are drawn before anybody has looked where they are. */
export const FirstInSight = createContext(false)

/**
 * A plot that is drawn only in sight. A page has a dozen, of which two or three are looked at: the others stay as
 * they were, at the height they will have, until somebody scrolls to them.
 */
export function WhenSeen({ children }: { children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null)
  const isSeen = useIsSeen(frame)
  return (
    <div ref={frame} style={{ minHeight: PLOT.height }}>
      <Held isSeen={isSeen}>{children}</Held>
    </div>
  )
}

/** Drawn again only while it is seen. */
const Held = memo(
  ({ isSeen, children }: { isSeen: boolean; children: ReactNode }) => (isSeen ? children : null),
  (_before, { isSeen }) => !isSeen,
)

/** Told by the browser after it has laid out the page: asking for a place makes it do that in the middle of drawing. */
function useIsSeen(ref: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(useContext(FirstInSight))
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new IntersectionObserver(entries => setSeen(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: `${AHEAD_PX}px 0px`,
    })
    observer.observe(element)
    // A page on paper has no sight to be out of, and does not wait.
    const draw = () => flushSync(() => setSeen(true))
    window.addEventListener('beforeprint', draw)
    return () => {
      observer.disconnect()
      window.removeEventListener('beforeprint', draw)
    }
  }, [ref])
  return isSeen
}
