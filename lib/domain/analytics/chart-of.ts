import { prepareHeat } from './prepare-heat'
import { type HardwareOf, prepareHardware } from './prepare-replicas'
import { prepareInFlight, prepareLatency, prepareRequests, prepareTraffic } from './prepare-requests'
import {
  asShares,
  comparedWith,
  prepareAllRequests,
  prepareErrorShare,
  prepareTokens,
} from './prepare-shares'
import type { PreparedChart } from './prepared'
import type { HardwareCharts, RequestCharts } from './view'

/** How somebody looks at the charts, from the URL. */
export type Look = { by: 'class' | 'code'; share: boolean; per: 'replica' | 'mean' }

type FromRequests = (
  data: RequestCharts,
  before: RequestCharts | undefined,
  look: Pick<Look, 'by' | 'share'>,
) => PreparedChart

/** The chart, with the period before as dashed lines where there is one. */
const compared =
  (prepare: (data: RequestCharts) => PreparedChart): FromRequests =>
  (data, before) =>
    comparedWith(prepare(data), before && prepare(before))

/** What the page draws of one read of request rollups, and what its files hold of finer ones. */
export const REQUEST_CHARTS = {
  requests: (data, before, { by, share }) => {
    // Of one token only classes are kept; shares of a bucket have nothing to compare.
    const counts = prepareRequests(data, data.byToken ? 'class' : by)
    return share ? asShares(counts) : comparedWith(counts, before && prepareAllRequests(before))
  },
  latency: compared(data => prepareLatency(data, 'total')),
  'error-share': compared(prepareErrorShare),
  'heat-map': prepareHeat,
  'first-byte': compared(data => prepareLatency(data, 'ttfb')),
  wait: compared(data => prepareLatency(data, 'wait')),
  'in-flight': prepareInFlight,
  traffic: prepareTraffic,
  tokens: prepareTokens,
} as const satisfies Record<string, FromRequests>
export type RequestChartKey = keyof typeof REQUEST_CHARTS

export const requestCharts = (
  data: RequestCharts,
  before: RequestCharts | undefined,
  look: Pick<Look, 'by' | 'share'>,
): Record<RequestChartKey, PreparedChart> =>
  Object.fromEntries(
    Object.entries(REQUEST_CHARTS).map(([key, prepare]: [string, FromRequests]) => [
      key,
      prepare(data, before, look),
    ]),
  ) as Record<RequestChartKey, PreparedChart>

const HARDWARE: Record<HardwareChartKey, HardwareOf> = {
  cpu: 'cpu',
  memory: 'memory',
  gpu: 'gpu',
  'gpu-memory': 'gpuMemory',
}
export type HardwareChartKey = 'cpu' | 'memory' | 'gpu' | 'gpu-memory'

/** Of all replicas that are shown, or of the one a filter names. */
export function hardwareChart(
  key: HardwareChartKey,
  data: HardwareCharts,
  { replica, per }: { replica: string | null; per: Look['per'] },
): PreparedChart {
  const replicas = data.replicas.filter(({ replicaId }) => replica === null || replicaId === replica)
  return prepareHardware({ ...data, replicas }, HARDWARE[key], per)
}

export const hardwareCharts = (
  data: HardwareCharts,
  look: { replica: string | null; per: Look['per'] },
): Record<HardwareChartKey, PreparedChart> => ({
  cpu: hardwareChart('cpu', data, look),
  memory: hardwareChart('memory', data, look),
  gpu: hardwareChart('gpu', data, look),
  'gpu-memory': hardwareChart('gpu-memory', data, look),
})

/** Every chart that is drawn from what is stored here, by the name its files are asked for. */
export const CHART_TITLES = {
  requests: 'Requests',
  latency: 'Latency',
  'error-share': 'Error share',
  'heat-map': 'Latency heat map',
  'first-byte': 'Time to first byte',
  wait: 'Wait',
  'in-flight': 'In flight',
  traffic: 'Traffic',
  tokens: 'Tokens',
  running: 'Running replicas',
  cpu: 'CPU',
  memory: 'Memory',
  gpu: 'GPU',
  'gpu-memory': 'GPU memory',
} as const satisfies Record<RequestChartKey | HardwareChartKey | 'running', string>
export type ChartKey = keyof typeof CHART_TITLES
