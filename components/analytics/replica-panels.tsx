'use client'

import { ChartPanel, type Drawing } from '@/components/charts/chart-panel'
import { ToggleGroup, ToggleGroupItem } from '@/components/ui/toggle-group'
import { type HardwareOf, prepareHardware, prepareRunning } from '@/lib/domain/analytics/prepare-replicas'
import type { HardwareCharts, ReplicaCharts } from '@/lib/domain/analytics/view'
import { ReplicaTimeline } from './replica-timeline'
import type { Analytics } from './use-analytics'

const NO_SAMPLES = 'No replica ran in this window.'

type Props = Pick<Analytics, 'params' | 'setParams'> & {
  replicas: ReplicaCharts | undefined
  hardware: HardwareCharts | undefined
  drawing: Drawing
}

/** Every chart of the replicas themselves. A replica filter leaves that one; revision and token cannot be told apart. */
export function ReplicaPanels({ params, setParams, replicas, hardware, drawing }: Props) {
  const isWhole = params.revision !== null || params.token !== null
  const whole = isWhole ? '; of the whole endpoint, whatever revision or token is chosen' : ''
  const shown = hardware && {
    ...hardware,
    replicas: hardware.replicas.filter(({ replicaId }) => !params.replica || replicaId === params.replica),
  }
  const hasGpu = shown?.replicas.some(replica => replica.gpu !== null) ?? false
  const panel = (title: string, description: string, of: HardwareOf) => (
    <ChartPanel
      title={title}
      description={`${description}${whole}`}
      chart={shown && prepareHardware(shown, of, params.per)}
      emptyText={NO_SAMPLES}
      drawing={drawing}
      controls={
        <ToggleGroup
          type="single"
          aria-label={`${title} per replica or as a mean`}
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
        title="Running replicas"
        description={`Ready to answer; the line is the most allowed${whole}`}
        chart={replicas && prepareRunning(replicas)}
        emptyText={NO_SAMPLES}
        drawing={drawing}
      />
      <ReplicaTimeline data={replicas} whole={whole} drawing={drawing} />
      {panel('CPU', 'Share of the instance type, mean of 10 s samples', 'cpu')}
      {panel('Memory', 'Of each replica’s processes', 'memory')}
      {hasGpu && panel('GPU', 'Share of the instance type’s GPUs', 'gpu')}
      {hasGpu && panel('GPU memory', 'Of each replica’s GPUs', 'gpuMemory')}
    </>
  )
}
