'use client'

import { bucketAt, type PreparedChart } from '@/lib/domain/analytics/prepared'
import { useCrosshair } from './crosshair'
import type { PlotSpace } from './plot-space'

/** Where the crosshair meets the lines. */
export function ActivePoints({ chart, space }: { chart: PreparedChart; space: PlotSpace }) {
  const index = bucketAt(chart, useCrosshair())
  if (index === null) return null
  return space.placed.map(({ series, places }) => {
    const place = places[index]
    if (!place || place.y === null || series.dashed) return null
    return (
      <circle key={series.key} cx={(place.left + place.right) / 2} cy={place.y} r={3} fill={series.color} />
    )
  })
}
