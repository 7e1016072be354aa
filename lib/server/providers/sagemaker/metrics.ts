import type {
  Dimension,
  DimensionFilter,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch'
import type { NamedRef, NativeMetric } from '../port'
import type { AwsClients } from './clients'
import type { Inventory } from './inventory'
import { endpointNameOf, isRevisionOf, revisionOfName, variantOf } from './naming'

type Window = { fromMs: number; toMs: number; stepSeconds: number }
type Line = { name: string; metric: string; stat: string }
type Chart = Pick<NativeMetric, 'title' | 'unit'> & {
  namespace: string
  factor: number
  lines: readonly Line[]
}

const CALLS = 'AWS/SageMaker'
const INSTANCES = '/aws/sagemaker/Endpoints'
const COMPONENT = 'InferenceComponentName'
const COMPONENTS = '/aws/sagemaker/InferenceComponents'
const MINUTE = 60
const DAY_MS = 86_400_000
/** How long CloudWatch keeps values of a minute, and of five; then of an hour. */
const FINE_MS = 15 * DAY_MS
const MIDDLE_MS = 63 * DAY_MS
/** Revisions of a window that are told apart; older ones are left out. */
const MOST_VARIANTS = 4

const sums = (...metrics: readonly [name: string, metric: string][]): Line[] =>
  metrics.map(([name, metric]) => ({ name, metric, stat: 'Sum' }))
/** Extended statistics: CloudWatch takes them from the values themselves. */
const percentiles = (metric: string): Line[] =>
  ['p50', 'p90', 'p99'].map(stat => ({ name: stat, metric, stat }))
const mean = (metric: string): Line[] => [{ name: 'mean', metric, stat: 'Average' }]

const CHARTS: readonly Chart[] = [
  {
    title: 'Invocations',
    unit: 'count',
    namespace: CALLS,
    factor: 1,
    lines: sums(['all', 'Invocations'], ['4xx', 'Invocation4XXErrors'], ['5xx', 'Invocation5XXErrors']),
  },
  // CloudWatch has both in microseconds.
  { title: 'Model latency', unit: 'ms', namespace: CALLS, factor: 1e-3, lines: percentiles('ModelLatency') },
  {
    title: 'Overhead latency',
    unit: 'ms',
    namespace: CALLS,
    factor: 1e-3,
    lines: percentiles('OverheadLatency'),
  },
  {
    title: 'CPU, 100 % per core',
    unit: 'share',
    namespace: INSTANCES,
    factor: 0.01,
    lines: mean('CPUUtilization'),
  },
  { title: 'Memory', unit: 'share', namespace: INSTANCES, factor: 0.01, lines: mean('MemoryUtilization') },
  {
    title: 'GPU, 100 % per GPU',
    unit: 'share',
    namespace: INSTANCES,
    factor: 0.01,
    lines: mean('GPUUtilization'),
  },
  {
    title: 'GPU memory, 100 % per GPU',
    unit: 'share',
    namespace: INSTANCES,
    factor: 0.01,
    lines: mean('GPUMemoryUtilization'),
  },
]

/** What its values are filed under. */
type Measured = { name: string; revision: number; Dimensions: Dimension[]; isComponent: boolean }

/** What CloudWatch has of an endpoint, per revision where the window saw several. Charts without a value are left out. */
export async function readMetrics(
  source: { clients: AwsClients; inventory: Inventory },
  ref: NamedRef,
  window: Window,
  abortSignal?: AbortSignal,
): Promise<NativeMetric[]> {
  const measured = await measuredOf(source, ref, abortSignal)
  const asked = measured.flatMap(each =>
    CHARTS.flatMap(chart => chart.lines.map(line => ({ variant: each.name, measured: each, chart, line }))),
  )
  const period = periodOf(window)
  const queries = asked.map((each, index) => queryOf({ ...each, id: `q${index}`, period }))
  const results = await readAll(source, queries, window, abortSignal)
  const found = asked.map((each, index) => ({
    ...each,
    points: pointsOf(results.get(`q${index}`), each.chart.factor),
  }))
  const seen = new Set(found.filter(({ points }) => points.length > 0).map(({ variant }) => variant))
  return CHARTS.flatMap(chart => {
    const series = found
      .filter(each => each.chart === chart && each.points.length > 0)
      .map(({ variant, line, points }) => ({
        name: seen.size > 1 ? `${variant} ${line.name}` : line.name,
        points,
      }))
    return series.length > 0 ? [{ title: chart.title, unit: chart.unit, series }] : []
  })
}

/** A variant, or an inference component, per revision: those that were invoked in the last two weeks, newest first. */
async function measuredOf(
  source: { clients: AwsClients; inventory: Inventory },
  ref: NamedRef,
  abortSignal?: AbortSignal,
): Promise<Measured[]> {
  const endpoint = { Name: 'EndpointName', Value: endpointNameOf(ref) }
  const [variants, components] = await Promise.all([
    filedUnder(source, 'VariantName', [endpoint], abortSignal),
    filedUnder(source, COMPONENT, [{ Name: COMPONENT }], abortSignal),
  ])
  const ofVariants = variants.map(name => ({
    name,
    // Those of an adopted endpoint are called otherwise.
    revision: Number(/^r(\d+)$/.exec(name)?.[1] ?? 0),
    Dimensions: [endpoint, { Name: 'VariantName', Value: name }],
    isComponent: false,
  }))
  const ofComponents = components
    .filter(name => isRevisionOf(ref, name))
    .map(name => {
      const revision = revisionOfName(name) ?? 0
      const Dimensions = [{ Name: COMPONENT, Value: name }]
      return { name: variantOf(revision), revision, Dimensions, isComponent: true }
    })
  const newestFirst = [...ofVariants, ...ofComponents].toSorted((a, b) => b.revision - a.revision)
  return newestFirst.slice(0, MOST_VARIANTS)
}

/** What the invocations with these dimensions are filed under besides, or instead. */
async function filedUnder(
  { clients, inventory }: { clients: AwsClients; inventory: Inventory },
  dimension: string,
  Dimensions: DimensionFilter[],
  abortSignal?: AbortSignal,
): Promise<string[]> {
  const cloudwatch = await inventory.ask(clients.cloudwatch)
  const input = { Namespace: CALLS, MetricName: 'Invocations', Dimensions }
  const { Metrics = [] } = await inventory.ask(() =>
    cloudwatch.listMetrics(input, abortSignal ? { abortSignal } : {}),
  )
  const names = Metrics.flatMap(
    ({ Dimensions: found = [] }) => found.find(({ Name }) => Name === dimension)?.Value ?? [],
  )
  return [...new Set(names)]
}

/** Utilisation of components has names of its own: they are shares of what the component has. */
function queryOf({
  id,
  chart,
  line,
  period,
  measured: { Dimensions, isComponent },
}: {
  id: string
  chart: Chart
  line: Line
  period: number
  measured: Measured
}): MetricDataQuery {
  const isUse = isComponent && chart.namespace === INSTANCES
  const Metric = {
    Namespace: isUse ? COMPONENTS : chart.namespace,
    MetricName: isUse ? `${line.metric}Normalized` : line.metric,
    Dimensions,
  }
  return { Id: id, MetricStat: { Metric, Period: period, Stat: line.stat } }
}

async function readAll(
  { clients, inventory }: { clients: AwsClients; inventory: Inventory },
  MetricDataQueries: MetricDataQuery[],
  { fromMs, toMs }: Window,
  abortSignal?: AbortSignal,
): Promise<Map<string, MetricDataResult[]>> {
  const found = new Map<string, MetricDataResult[]>()
  if (MetricDataQueries.length === 0) return found
  const cloudwatch = await inventory.ask(clients.cloudwatch)
  const input = { MetricDataQueries, StartTime: new Date(fromMs), EndTime: new Date(toMs) }
  let NextToken: string | undefined
  do {
    const page = await inventory.ask(() =>
      cloudwatch.getMetricData(
        { ...input, ...(NextToken ? { NextToken } : {}) },
        abortSignal ? { abortSignal } : {},
      ),
    )
    for (const result of page.MetricDataResults ?? [])
      found.set(result.Id ?? '', [...(found.get(result.Id ?? '') ?? []), result])
    NextToken = page.NextToken
  } while (NextToken)
  return found
}

function pointsOf(results: readonly MetricDataResult[] = [], factor: number) {
  return results
    .flatMap(({ Timestamps = [], Values = [] }) =>
      Timestamps.map((at, index) => ({ atMs: at.getTime(), value: (Values[index] ?? 0) * factor })),
    )
    .toSorted((a, b) => a.atMs - b.atMs)
}

/** As fine as asked, and as CloudWatch still has it. */
export function periodOf(
  { fromMs, stepSeconds }: Pick<Window, 'fromMs' | 'stepSeconds'>,
  nowMs = Date.now(),
): number {
  const ageMs = nowMs - fromMs
  const finest = ageMs < FINE_MS ? MINUTE : ageMs < MIDDLE_MS ? 5 * MINUTE : 60 * MINUTE
  return Math.max(1, Math.ceil(stepSeconds / finest)) * finest
}
