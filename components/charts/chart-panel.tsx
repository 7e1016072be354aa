'use client'

import { ChartColumnIcon, DownloadIcon, TableIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type ReactNode, useRef, useState } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { Skeleton } from '@/components/ui/skeleton'
import { toCsv, toJson } from '@/lib/domain/analytics/export'
import type { PreparedChart } from '@/lib/domain/analytics/prepared'
import type { Zone } from '@/lib/domain/format/time'
import { ChartLegend } from './chart-legend'
import { ChartTable } from './chart-table'
import { HeatMap } from './heat-map'
import { saveFile, svgToPng } from './save-file'
import type { TimeMarker } from './time-marker'

const HEIGHT = 'h-[180px]'

/** recharts is 113 KB: loaded only where a chart is, behind a skeleton of the same size. */
const TimeChart = dynamic(() => import('./time-chart').then(module => module.TimeChart), {
  ssr: false,
  loading: () => <Skeleton className={HEIGHT} />,
})

type Props = {
  title: string
  /** One line under the title: what is counted, or where it is measured. */
  description: string
  /** `undefined` while loading. */
  chart: PreparedChart | undefined
  /** What an empty chart says. */
  emptyText: string
  zone: Zone
  logScale?: boolean
  markers?: readonly TimeMarker[]
  onZoom?: (fromMs: number, toMs: number) => void
  /** Controls or figures between header and chart. */
  children?: ReactNode
}

/** A chart with its header, legend, table view and exports, and its states: loading, empty, data. */
export function ChartPanel({ title, description, chart, emptyText, children, ...drawing }: Props) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [asTable, setAsTable] = useState(false)
  const frame = useRef<HTMLDivElement>(null)

  const toggle = (key: string) => {
    const next = new Set(hidden)
    if (!next.delete(key)) next.add(key)
    setHidden(next)
  }

  return (
    <Card className="flex min-w-0 flex-col gap-2 p-3" aria-label={title}>
      <header className="flex items-start gap-2">
        <div className="min-w-0">
          <h2 className="font-medium text-sm">{title}</h2>
          <p className="text-muted-foreground text-xs">{description}</p>
        </div>
        {chart && !chart.empty && (
          <div className="-mt-0.5 -mr-1 ml-auto flex">
            <Button
              variant="ghost"
              size="icon-xs"
              aria-label={asTable ? `Show ${title} as a chart` : `Show ${title} as a table`}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? <ChartColumnIcon /> : <TableIcon />}
            </Button>
            <ExportMenu
              title={title}
              chart={chart}
              svg={() =>
                frame.current?.querySelector<SVGSVGElement>('svg.recharts-surface, svg.heat-map') ?? null
              }
            />
          </div>
        )}
      </header>
      {children}
      <div ref={frame}>
        {chart === undefined ? (
          <Skeleton className={HEIGHT} />
        ) : chart.empty ? (
          <p
            className={`grid ${HEIGHT} place-items-center rounded-md border border-dashed text-center text-muted-foreground text-xs`}
          >
            {emptyText}
          </p>
        ) : asTable ? (
          <ChartTable chart={chart} zone={drawing.zone} caption={title} />
        ) : chart.kind === 'heat' ? (
          <HeatMap
            chart={chart}
            zone={drawing.zone}
            {...(drawing.onZoom ? { onZoom: drawing.onZoom } : {})}
          />
        ) : (
          <TimeChart chart={chart} hidden={hidden} {...drawing} />
        )}
      </div>
      {chart && !chart.empty && chart.kind !== 'heat' && chart.series.length > 1 && (
        <ChartLegend series={chart.series} hidden={hidden} onToggle={toggle} />
      )}
    </Card>
  )
}

function ExportMenu({
  title,
  chart,
  svg,
}: {
  title: string
  chart: PreparedChart
  svg: () => SVGSVGElement | null
}) {
  const name = title.toLowerCase().replaceAll(' ', '-')
  const savePng = async () => {
    const drawn = svg()
    if (!drawn) return toast.error('Show the chart first; a table has no picture.')
    try {
      saveFile(`${name}.png`, 'image/png', await svgToPng(drawn))
    } catch {
      toast.error('This browser made no picture of the chart. CSV and JSON work.')
    }
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-xs" aria-label={`Download ${title}`}>
          <DownloadIcon />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => saveFile(`${name}.csv`, 'text/csv', toCsv(chart))}>
          CSV
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => saveFile(`${name}.json`, 'application/json', toJson(chart, title))}>
          JSON
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={savePng}>PNG</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
