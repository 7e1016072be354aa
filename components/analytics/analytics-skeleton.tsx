'use client'

import { useEffect, useRef } from 'react'
import { CARD_FRAME_PX } from '@/components/charts/panel-card'
import { Skeleton } from '@/components/ui/skeleton'

const PANELS = ['requests', 'latency', 'first-byte', 'wait', 'in-flight', 'traffic']

/** The toolbar and panels of the Analytics tab, before anything is known but how wide the plots will be. */
export function AnalyticsSkeleton({ onMeasured }: { onMeasured?: (plotPx: number) => void }) {
  const grid = useRef<HTMLDivElement>(null)
  // Synchronises with the place the browser gave the first panel.
  useEffect(() => {
    const panel = grid.current?.firstElementChild
    if (panel) onMeasured?.(panel.clientWidth - CARD_FRAME_PX)
  }, [onMeasured])
  return (
    <div className="grid gap-3">
      <Skeleton className="h-8 w-full max-w-3xl" />
      <div ref={grid} className="grid gap-3 lg:grid-cols-2">
        {PANELS.map(panel => (
          <Skeleton key={panel} className="h-72" />
        ))}
      </div>
    </div>
  )
}
