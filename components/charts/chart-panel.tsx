'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useMemo, useRef } from 'react'
import type { FileFormat } from '@/lib/domain/analytics/export'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import type { Zone } from '@/lib/domain/format/time'
import { ChartLegend } from './chart-legend'
import { ExportMenu } from './export-menu'
import { HeatMap } from './heat-map'
import { PanelCard, PlotSkeleton } from './panel-card'
import { PlotFrame } from './plot-frame'
import { TimeChart } from './time-chart'
import type { TimeMarker } from './time-marker'
import { WhenSeen } from './when-seen'

/* What few look at is loaded when somebody does. */
const ChartTable = dynamic(() => import('./chart-table').then(module => module.ChartTable), {
  ssr: false,
  loading: PlotSkeleton,
})
const exporter = () => import('@/lib/domain/analytics/export')

/** What all charts of a page share. */
export type Drawing = {
  zone: Zone
  markers: readonly TimeMarker[]
  onZoom: (fromMs: number, toMs: number) => void
  /** Series that are not drawn, as `chart.series`: in the URL, so that a reload and a colleague see the same. */
  hidden: readonly string[]
  onHide: (hidden: string[]) => void
  /** Path of the log at a time. */
  logsAt: (atMs: number) => string
}

type Props = {
  title: string
  description: string
  /** `undefined` while loading. */
  chart: PreparedChart | undefined
  emptyText: string
  drawing: Drawing
  /** Where its files are, at full resolution; without, they hold what is drawn. */
  fileAt?: (format: FileFormat) => string
  logScale?: boolean
  /** Beside the title. */
  controls?: ReactNode
  /** Figures between header and chart. */
  children?: ReactNode
}

/** A prepared chart with its legend, table view and exports. */
export function ChartPanel({ chart, drawing, fileAt, logScale = false, controls, children, ...card }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const { zone, markers, onHide } = drawing
  const nameOf = (key: string) => `${card.title.toLowerCase().replaceAll(' ', '-')}.${key}`
  const hidden = useHidden(
    chart?.series.flatMap(({ key }) => (drawing.hidden.includes(nameOf(key)) ? [key] : [])) ?? [],
  )
  const toggle = (key: string) => {
    const others = drawing.hidden.filter(name => name !== nameOf(key))
    onHide(hidden.has(key) ? others : [...others, nameOf(key)])
  }
  if (!chart || chart.empty)
    return (
      <PanelCard {...card} isLoading={chart === undefined} controls={controls}>
        {children}
      </PanelCard>
    )
  const fileOf = (format: FileFormat) =>
    fileAt?.(format) ?? (async () => (await exporter()).chartFile(format, chart, card.title))
  const drawn = () => (
    <div ref={frame} className="grid gap-2">
      <WhenSeen>
        <PlotFrame {...chart} {...drawing}>
          {chart.kind === 'heat' ? (
            <HeatMap chart={chart} zone={zone} />
          ) : (
            <TimeChart
              chart={chart}
              label={card.title}
              zone={zone}
              hidden={hidden}
              logScale={logScale}
              markers={markers}
            />
          )}
        </PlotFrame>
      </WhenSeen>
      {chart.kind !== 'heat' && chart.series.length > 1 && (
        <ChartLegend series={chart.series} hidden={hidden} onToggle={toggle} />
      )}
      {chart.note && <p className="text-muted-foreground text-xs">{chart.note}</p>}
    </div>
  )
  return (
    <PanelCard
      {...card}
      isLoading={false}
      controls={controls}
      views={{
        chart: drawn,
        table: () => <ChartTable chart={chart} zone={zone} caption={card.title} logsAt={drawing.logsAt} />,
      }}
      files={
        <ExportMenu
          title={card.title}
          csv={fileOf('csv')}
          json={fileOf('json')}
          svg={() => frame.current?.querySelector<SVGSVGElement>('svg.drawn-by-hand') ?? null}
        />
      }
    >
      {children}
    </PanelCard>
  )
}

/** The same set as long as it holds the same: a chart is drawn again only for what it shows. */
function useHidden(keys: readonly string[]): ReadonlySet<string> {
  const text = JSON.stringify(keys)
  return useMemo(() => new Set<string>(JSON.parse(text)), [text])
}
