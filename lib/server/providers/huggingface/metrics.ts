import type { NativeMetric } from '../port'
import type { HfGraphs } from './answers'
import type { Measure, MemoryUnits } from './memory-units'

type Series = { data: HfGraphs['pendingRequest'][number]['data'] }

const points = ({ data }: Series, factor = 1) =>
  data
    .map(({ x, y }) => ({ atMs: Date.parse(x), value: y === null ? null : y * factor }))
    .sort((a, b) => a.atMs - b.atMs)

/** Where the API gives one line without a name. */
const single = (name: string, graphs: readonly Series[]) =>
  graphs.slice(0, 1).map(graph => ({ name, points: points(graph) }))

const PERCENT: Measure = { unit: 'share', factor: 0.01 }

const perReplica = (
  title: string,
  graphs: HfGraphs['hardwareCpu'],
  measure: Measure | null,
): NativeMetric[] =>
  measure === null
    ? []
    : [
        {
          title,
          unit: measure.unit,
          series: graphs.map(graph => ({
            name: graph.replicaId.slice(0, 8),
            points: points(graph, measure.factor),
          })),
        },
      ]

/** What the API says of an endpoint, as charts; memory only where its unit is known. */
export function metricsOf(graphs: HfGraphs, { memory, gpuMemory }: MemoryUnits): NativeMetric[] {
  const metrics: NativeMetric[] = [
    {
      title: 'Requests by status',
      unit: 'count',
      series: graphs.responseStatusCode.map(graph => ({
        name: String(graph.statusCode),
        points: points(graph),
      })),
    },
    {
      title: 'Response time',
      unit: 'ms',
      series: graphs.responseElapsed.map(graph => ({
        name: String(graph.percentile),
        points: points(graph),
      })),
    },
    { title: 'Pending requests', unit: 'count', series: single('pending', graphs.pendingRequest) },
    { title: 'Running replicas', unit: 'replicas', series: single('running', graphs.replicasRunning) },
    ...perReplica('CPU', graphs.hardwareCpu, PERCENT),
    ...perReplica('Memory', graphs.hardwareMem, memory),
    ...perReplica('GPU', graphs.hardwareGpu, PERCENT),
    ...perReplica('GPU memory', graphs.hardwareGpuMem, gpuMemory),
  ]
  return metrics.filter(({ series }) => series.length > 0)
}
