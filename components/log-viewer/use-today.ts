'use client'

import { useNow } from '@/lib/client/use-now'

const DAY_MS = 24 * 60 * 60_000

/** The beginning of the day it is, in the viewer's zone or UTC; the same number until the day turns. */
export function useToday(zone: 'local' | 'utc'): number {
  const nowMs = useNow()
  return zone === 'utc' ? Math.floor(nowMs / DAY_MS) * DAY_MS : new Date(nowMs).setHours(0, 0, 0, 0)
}
