import type { NamedRef, NativeMetric } from '../port'
import { type AzureSeries, azureMetrics } from './answers'
import type { AzureClient } from './client'
import type { Inventory } from './inventory'
import { AzureRefusal } from './refusal'

type Window = { fromMs: number; toMs: number; stepSeconds: number }
type Source = { client: AzureClient; inventory: Inventory }

/** Of `Microsoft.Insights/metrics`. */
const METRICS_VERSION = '2018-01-01'
/** Azure's own names of the intervals it offers, in seconds. */
const INTERVALS = [
  ['PT1M', 60],
  ['PT5M', 300],
  ['PT15M', 900],
  ['PT30M', 1_800],
  ['PT1H', 3_600],
  ['PT6H', 21_600],
  ['PT12H', 43_200],
  ['P1D', 86_400],
] as const
/** Of one metric split by a dimension. */
const MOST_SERIES = '20'

/** As Azure calls them, and as the line is called here. */
const PERCENTILES: Readonly<Record<string, string>> = {
  RequestLatency_P50: 'p50',
  RequestLatency_P90: 'p90',
  RequestLatency_P95: 'p95',
  RequestLatency_P99: 'p99',
}
const UTILISATION: Readonly<Record<string, string>> = {
  CpuUtilizationPercentage: 'CPU',
  CpuMemoryUtilizationPercentage: 'Memory',
  GpuUtilizationPercentage: 'GPU',
  GpuMemoryUtilizationPercentage: 'GPU memory',
}

/** What Azure Monitor has of an endpoint, per deployment where the window saw several. */
export async function readMetrics(
  { client, inventory }: Source,
  ref: NamedRef,
  window: Window,
  signal?: AbortSignal,
): Promise<NativeMetric[]> {
  const endpoint = inventory.endpointPath(ref)
  const ask = (resource: string, names: readonly string[], dimension: string | null) =>
    query(client, { resource, names, dimension }, window, signal)
  const deployments = await inventory.deployments(ref)
  const [requests, latency, ...used] = await Promise.all([
    ask(endpoint, ['RequestsPerMinute'], 'statusCodeClass'),
    ask(endpoint, Object.keys(PERCENTILES), 'deployment'),
    ...deployments.map(({ name }) =>
      ask(inventory.deploymentPath(ref, name), Object.keys(UTILISATION), null).then(found =>
        found.map(each => ({ ...each, split: name })),
      ),
    ),
  ])
  return [
    chart('Requests per minute', 'count', 1, requests, each => each.split ?? 'all'),
    chart('Request latency', 'ms', 1, latency, (each, isOne) =>
      nameOf(PERCENTILES[each.metric] ?? each.metric, each.split, isOne),
    ),
    ...Object.entries(UTILISATION).map(([metric, title]) =>
      chart(
        title,
        'share',
        0.01,
        used.flat().filter(each => each.metric === metric),
        (each, isOne) => nameOf('mean', each.split, isOne),
      ),
    ),
  ].filter(({ series }) => series.length > 0)
}

type Found = AzureSeries

function chart(
  title: string,
  unit: NativeMetric['unit'],
  factor: number,
  found: readonly Found[],
  name: (each: Found, isOne: boolean) => string,
): NativeMetric {
  const told = found.filter(({ points }) => points.some(({ value }) => value !== null))
  const isOne = new Set(told.map(({ split }) => split)).size <= 1
  const series = told.map(each => ({
    name: name(each, isOne),
    points: each.points.map(({ atMs, value }) => ({ atMs, value: value === null ? null : value * factor })),
  }))
  return { title, unit, series }
}

const nameOf = (line: string, split: string | null, isOne: boolean): string =>
  isOne || split === null ? line : `${split} ${line}`

type Asked = { resource: string; names: readonly string[]; dimension: string | null }

/** Nothing of what is not there, or not any more. */
async function query(
  client: AzureClient,
  { resource, names, dimension }: Asked,
  { fromMs, toMs, stepSeconds }: Window,
  signal?: AbortSignal,
): Promise<AzureSeries[]> {
  const timespan = [fromMs, toMs].map(ms => new Date(ms).toISOString()).join('/')
  const split: Record<string, string> =
    dimension === null ? {} : { $filter: `${dimension} eq '*'`, top: MOST_SERIES }
  try {
    return await client.read(`${resource}/providers/Microsoft.Insights/metrics`, azureMetrics, {
      version: METRICS_VERSION,
      query: {
        timespan,
        interval: intervalOf(stepSeconds),
        metricnames: names.join(','),
        aggregation: 'Average',
        ...split,
      },
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (error instanceof AzureRefusal && error.isMissing) return []
    throw error
  }
}

/** As fine as asked, of those that Azure offers. */
export const intervalOf = (stepSeconds: number): string =>
  (INTERVALS.find(([, seconds]) => seconds >= stepSeconds) ?? INTERVALS[INTERVALS.length - 1])?.[0] ?? 'P1D'
