'use client'

import dynamic from 'next/dynamic'
import { useRef } from 'react'
import type { Drawing } from '@/components/charts/chart-panel'
import { ExportMenu } from '@/components/charts/export-menu'
import { PanelCard, PlotSkeleton } from '@/components/charts/panel-card'
import { PlotFrame } from '@/components/charts/plot-frame'
import { WhenSeen } from '@/components/charts/when-seen'
import { frameOf } from '@/lib/domain/analytics/prepared'
import type { ReplicaCharts } from '@/lib/domain/analytics/view'

const ReplicaBands = dynamic(
  () => import('@/components/charts/replica-bands').then(module => module.ReplicaBands),
  { ssr: false, loading: PlotSkeleton },
)
const BandLegend = dynamic(
  () => import('@/components/charts/replica-bands').then(module => module.BandLegend),
  { ssr: false },
)
const TimelineTable = dynamic(() => import('./timeline-table').then(module => module.TimelineTable), {
  ssr: false,
  loading: PlotSkeleton,
})
const files = () => import('@/lib/domain/analytics/replica-timeline')

type Props = { data: ReplicaCharts | undefined; whole: string; drawing: Drawing }

/** Which replica was in which state when, and what somebody changed then. */
export function ReplicaTimeline({ data, whole, drawing }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const { zone } = drawing
  const card = {
    title: 'Replica timeline',
    description: `Each replica’s states; dotted lines are changes${whole}`,
    emptyText: 'No replica ran in this window.',
  }
  if (!data || data.bands.length === 0) return <PanelCard {...card} isLoading={data === undefined} />
  const drawn = () => (
    <div ref={frame} className="grid gap-2">
      <WhenSeen>
        <PlotFrame {...frameOf(data)} {...drawing}>
          <ReplicaBands data={data} zone={zone} />
        </PlotFrame>
      </WhenSeen>
      <BandLegend />
      {data.moreReplicas > 0 && (
        <p className="text-muted-foreground text-xs">
          The newest {data.bands.length} of {data.bands.length + data.moreReplicas} replicas.
        </p>
      )}
    </div>
  )
  return (
    <PanelCard
      {...card}
      isLoading={false}
      views={{ chart: drawn, table: () => <TimelineTable data={data} zone={zone} /> }}
      files={
        <ExportMenu
          title={card.title}
          csv={async () => (await files()).timelineCsv(data)}
          json={async () => (await files()).timelineJson(data)}
          svg={() => frame.current?.querySelector<SVGSVGElement>('svg.drawn-by-hand') ?? null}
        />
      }
    />
  )
}
