// Part of a stand-in for Azure: what Azure Monitor tells of an endpoint's calls. Utilisation is made up, and the
// percentiles are the largest value; that calls are counted, split and put into their minute is not.
import type { Answer, Asked } from './answers'
import { missing, userError } from './refused'
import type { Workspace } from './workspace'

type Call = { atMs: number; deployment: string; status: number; tookMs: number }

const SECONDS: Readonly<Record<string, number>> = {
  PT1M: 60,
  PT5M: 300,
  PT15M: 900,
  PT30M: 1_800,
  PT1H: 3_600,
}
const USED = 42.5

/** `statusCodeClass eq '*'` and the like. */
const DIMENSIONS: Readonly<Record<string, (call: Call) => string>> = {
  statusCodeClass: ({ status }) => `${Math.floor(status / 100)}xx`,
  deployment: ({ deployment }) => deployment,
}

export function metricsOf(workspace: Workspace, { path, names, search }: Asked): Answer {
  const { endpoint = '', deployment } = names
  const online = workspace.endpoint(endpoint)
  if (deployment !== undefined && !online.deployments.has(deployment))
    throw missing(`Deployment ${deployment}`)
  const seconds = SECONDS[search.get('interval') ?? '']
  const timespan = search.get('timespan') ?? ''
  const [fromMs = 0, toMs = 0] = timespan.split('/').map(Date.parse)
  const asked = (search.get('metricnames') ?? '').split(',')
  if (!seconds || !(toMs > fromMs)) throw userError('The interval or the timespan is not one.')
  const dimension = /^(\w+) eq '\*'$/.exec(search.get('$filter') ?? '')?.[1]
  const calls = online.door.answered.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
  const value = asked.map(name => ({
    id: `${path}/${name}`,
    type: 'Microsoft.Insights/metrics',
    name: { value: name, localizedValue: name },
    unit: name === 'RequestsPerMinute' ? 'Count' : name.startsWith('Request') ? 'MilliSeconds' : 'Percent',
    timeseries:
      deployment === undefined
        ? seriesOf(name, dimension, calls, seconds)
        : [{ metadatavalues: [], data: [{ timeStamp: new Date(toMs - 1).toISOString(), average: USED }] }],
  }))
  return { status: 200, body: { cost: 0, timespan, interval: search.get('interval'), value } }
}

function seriesOf(metric: string, dimension = '', calls: readonly Call[], seconds: number) {
  const split = DIMENSIONS[dimension] ?? (() => '')
  return [...grouped(calls, split)].map(([value, found]) => ({
    metadatavalues: value === '' ? [] : [{ name: { value: dimension, localizedValue: dimension }, value }],
    data: [...grouped(found, ({ atMs }) => Math.floor(atMs / 1_000 / seconds))].map(([bucket, within]) => ({
      timeStamp: new Date(bucket * seconds * 1_000).toISOString(),
      average:
        metric === 'RequestsPerMinute'
          ? (within.length * 60) / seconds
          : Math.max(...within.map(({ tookMs }) => tookMs)),
    })),
  }))
}

function grouped<Key>(calls: readonly Call[], by: (call: Call) => Key): Map<Key, Call[]> {
  const groups = new Map<Key, Call[]>()
  for (const call of calls) groups.set(by(call), [...(groups.get(by(call)) ?? []), call])
  return groups
}
