'use client'

import { type PointerEvent, type ReactNode, useState } from 'react'
import type { Zone } from '@/lib/domain/format/time'
import { setCrosshair, useCrosshair } from './crosshair'
import { leftAt, PLOT } from './plot'
import { type Point, PointMenu } from './point-menu'
import type { TimeMarker } from './time-marker'

type Props = {
  domain: readonly [fromMs: number, toMs: number]
  stepSeconds: number
  unfinishedMs: number | null
  markers: readonly TimeMarker[]
  onZoom: (fromMs: number, toMs: number) => void
  zone: Zone
  logsAt: (atMs: number) => string
  children: ReactNode
}
type Drag = { fromMs: number; toMs: number; startedAt: number; isWide: boolean }

/** Less than this is a click that slipped. */
const DRAG_PX = 4
const layer = 'pointer-events-none absolute'
const inPlot = { top: PLOT.top, bottom: PLOT.bottom }

/**
 * What lies over every plot: the crosshair, vertical markers, the bucket that is still filling, the window somebody
 * drags over, and the menu of a bucket that was clicked. Drawn beside the chart, so that a moving pointer never draws its points again.
 */
export function PlotFrame({ domain, stepSeconds, unfinishedMs, markers, onZoom, children, ...menu }: Props) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const [point, setPoint] = useState<Point | null>(null)
  const [fromMs, toMs] = domain
  const stepMs = stepSeconds * 1000
  const shareOf = (ms: number) => Math.min(Math.max((ms - fromMs) / (toMs - fromMs), 0), 1)
  const bucketAt = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - box.left - PLOT.left) / (box.width - PLOT.left - PLOT.right)
    const last = Math.round((toMs - fromMs) / stepMs) - 1
    return fromMs + Math.min(Math.max(Math.floor(((toMs - fromMs) * share) / stepMs), 0), last) * stepMs
  }
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const at = bucketAt(event)
    setCrosshair(at)
    if (!drag) return
    const isWide = drag.isWide || Math.abs(event.clientX - drag.startedAt) >= DRAG_PX
    if (isWide && !drag.isWide) event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ ...drag, toMs: at, isWide })
  }
  const finish = (event: PointerEvent<HTMLDivElement>) => {
    if (drag?.isWide) onZoom(Math.min(drag.fromMs, drag.toMs), Math.max(drag.fromMs, drag.toMs) + stepMs)
    else if (drag) {
      const place = { left: event.clientX, top: event.clientY, width: 0, height: 0 }
      setPoint({ atMs: drag.fromMs, place })
    }
    setDrag(null)
  }
  const between = (startMs: number, endMs: number) => ({
    ...inPlot,
    left: leftAt(shareOf(startMs)),
    width: `calc(${shareOf(endMs) - shareOf(startMs)} * (100% - ${PLOT.left + PLOT.right}px))`,
  })
  return (
    <>
      <div
        className="plot relative touch-pan-y select-none"
        data-from-ms={fromMs}
        data-to-ms={toMs}
        onPointerDown={event => {
          const at = bucketAt(event)
          if (event.button === 0) setDrag({ fromMs: at, toMs: at, startedAt: event.clientX, isWide: false })
        }}
        onPointerMove={move}
        onPointerUp={finish}
        onPointerCancel={() => setDrag(null)}
        onPointerLeave={() => setCrosshair(null)}
      >
        {children}
        {unfinishedMs !== null && (
          <div
            className={`${layer} border-muted-foreground/40 border-l border-dashed bg-muted-foreground/10`}
            style={between(unfinishedMs, toMs)}
          />
        )}
        {markers
          .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
          .map(({ atMs, message }) => (
            <div
              key={`${atMs}${message}`}
              className={`${layer} border-muted-foreground/70 border-l border-dotted`}
              style={{ ...inPlot, left: leftAt(shareOf(atMs)) }}
            />
          ))}
        <Crosshair placeOf={ms => (ms < fromMs || ms >= toMs ? null : leftAt(shareOf(ms + stepMs / 2)))} />
        {drag?.isWide && (
          <div
            className={`${layer} bg-primary/20`}
            style={between(Math.min(drag.fromMs, drag.toMs), Math.max(drag.fromMs, drag.toMs) + stepMs)}
          />
        )}
      </div>
      {/* Beside the plot: a click in the menu is not one on the plot. */}
      {point && <PointMenu {...menu} point={point} onClose={() => setPoint(null)} />}
    </>
  )
}

function Crosshair({ placeOf }: { placeOf: (ms: number) => string | null }) {
  const at = useCrosshair()
  const left = at === null ? null : placeOf(at)
  if (left === null) return null
  return (
    <div className={`${layer} border-muted-foreground border-l border-dashed`} style={{ ...inPlot, left }} />
  )
}
