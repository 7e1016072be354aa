import type { NativeMetric } from '../port'
import type { HfGraphs } from './answers'

type Series = { data: HfGraphs['pendingRequest'][number]['data'] }

const points = ({ data }: Series, factor = 1) =>
  data
    .map(({ x, y }) => ({ atMs: Date.parse(x), value: y === null ? null : y * factor }))
    .sort((a, b) => a.atMs - b.atMs)

/** Where the API gives one line without a name. */
const single = (name: string, graphs: readonly Series[]) =>
  graphs.slice(0, 1).map(graph => ({ name, points: points(graph) }))

const perReplica = (graphs: HfGraphs['hardwareCpu']) =>
  graphs.map(graph => ({ name: graph.replicaId.slice(0, 8), points: points(graph, 0.01) }))

/**
 * What the API says of an endpoint, as charts. Its memory graphs are left out: nothing public says whether they
 * are bytes or percent.
 */
export function metricsOf(graphs: HfGraphs): NativeMetric[] {
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
    { title: 'CPU', unit: 'share', series: perReplica(graphs.hardwareCpu) },
    { title: 'GPU', unit: 'share', series: perReplica(graphs.hardwareGpu) },
  ]
  return metrics.filter(({ series }) => series.length > 0)
}
