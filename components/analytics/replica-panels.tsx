'use client'

import { useMemo } from 'react'
import { ChartPanel, type Drawing } from '@/components/charts/chart-panel'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { CHART_TITLES, type HardwareChartKey, hardwareCharts } from '@/lib/domain/analytics/chart-of'
import { prepareRunning } from '@/lib/domain/analytics/prepare-replicas'
import type { HardwareCharts, ReplicaCharts } from '@/lib/domain/analytics/view'
import { ReplicaTimeline } from './replica-timeline'
import type { Analytics, FileAt } from './use-analytics'

const NO_SAMPLES = 'No replica ran in this window.'

type Props = Pick<Analytics, 'params' | 'setParams'> & {
  replicas: ReplicaCharts | undefined
  hardware: HardwareCharts | undefined
  drawing: Drawing
  fileAt: FileAt
}

/** Every chart of the replicas themselves. A replica filter leaves that one; revision and token cannot be told apart. */
export function ReplicaPanels({ params, setParams, replicas, hardware, drawing, fileAt }: Props) {
  const isWhole = params.revision !== null || params.token !== null
  const whole = isWhole ? '; of the whole endpoint, whatever revision or token is chosen' : ''
  const hasGpu = hardware?.replicas.some(replica => replica.gpu !== null) ?? false
  const { replica, per } = params
  // Prepared once per answer, not at every drawing of the page.
  const charts = useMemo(
    () => hardware && hardwareCharts(hardware, { replica, per }),
    [hardware, replica, per],
  )
  const running = useMemo(() => replicas && prepareRunning(replicas), [replicas])
  const panel = (key: HardwareChartKey, description: string) => (
    <ChartPanel
      title={CHART_TITLES[key]}
      description={`${description}${whole}`}
      chart={charts?.[key]}
      fileAt={fileAt(key)}
      emptyText={NO_SAMPLES}
      drawing={drawing}
      controls={
        <ToggleGroup
          type="single"
          aria-label={`${CHART_TITLES[key]} per replica or as a mean`}
          value={params.per}
          onValueChange={per => per && setParams({ per: per === 'mean' ? 'mean' : 'replica' })}
        >
          <ToggleGroupItem value="replica">Per replica</ToggleGroupItem>
          <ToggleGroupItem value="mean">Mean</ToggleGroupItem>
        </ToggleGroup>
      }
    />
  )
  return (
    <>
      <ChartPanel
        title={CHART_TITLES.running}
        fileAt={fileAt('running')}
        description={`Ready to answer; the line is the most allowed${whole}`}
        chart={running}
        emptyText={NO_SAMPLES}
        drawing={drawing}
      />
      <ReplicaTimeline data={replicas} whole={whole} drawing={drawing} />
      {panel('cpu', 'Share of the instance type, mean of 10 s samples')}
      {panel('memory', 'Of each replica’s processes')}
      {hasGpu && panel('gpu', 'Share of the instance type’s GPUs')}
      {hasGpu && panel('gpu-memory', 'Of each replica’s GPUs')}
    </>
  )
}
