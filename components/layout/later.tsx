'use client'

import { type ReactNode, startTransition, useEffect, useState } from 'react'
import { whenIdle } from '@/lib/client/when-idle'

/**
 * What stands below the first screen, or is not seen at first: made when the browser is idle, in slices between which
 * it answers. `turn` idle moments go by before, so that several of these do not come at once.
 */
export function Later({ turn = 0, children }: { turn?: number; children: ReactNode }) {
  const [left, setLeft] = useState(turn)
  useEffect(() => {
    if (left < 0) return
    return whenIdle(() => startTransition(() => setLeft(left - 1)))
  }, [left])
  return left < 0 ? children : null
}
