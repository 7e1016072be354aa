'use client'

import { RelativeTime } from '@/components/feedback/relative-time'
import { useNow } from '@/lib/client/use-now'

/** In the future it is a plan; in the past it is why a script fails. */
export function TokenExpiry({ at }: { at: string }) {
  const isOver = Date.parse(at) <= useNow()
  return (
    <span className={isOver ? 'text-state-bad' : undefined}>
      {isOver && 'expired '}
      <RelativeTime at={at} />
    </span>
  )
}
