import { PERCENTILES } from './percentiles'
import { frameOf, hasValues, type PreparedChart, pointsOf } from './prepared'
import type { RequestCharts } from './view'

/** 499 is a client that left: neither success nor error, so it is a class of its own. */
export const CLASSES = [
  { key: '2xx', label: '2xx success', color: 'var(--series-1)' },
  { key: '3xx', label: '3xx redirect', color: 'var(--series-7)' },
  { key: '4xx', label: '4xx client error', color: 'var(--series-5)' },
  { key: '5xx', label: '5xx server error', color: 'var(--series-2)' },
  { key: 'left', label: '499 client left', color: 'var(--series-8)' },
] as const
export type StatusClass = (typeof CLASSES)[number]['key']

export function classOf(status: number): StatusClass {
  if (status === 499) return 'left'
  if (status >= 500) return '5xx'
  if (status >= 400) return '4xx'
  return status >= 300 ? '3xx' : '2xx'
}

type Counts = Record<StatusClass, number>

/** Requests per class over the whole window: the boxes above the chart. */
export function classTotals(data: RequestCharts): Counts {
  const totals: Counts = { '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, left: 0 }
  for (const { status, counts } of data.statuses) {
    for (const count of counts) totals[classOf(status)] += count
  }
  return totals
}

/** Share of requests that failed at the endpoint (5xx) among those that were answered; null without any. */
export function errorShare(totals: Counts): number | null {
  const answered = totals['2xx'] + totals['3xx'] + totals['4xx'] + totals['5xx']
  return answered === 0 ? null : totals['5xx'] / answered
}

/** A code has its class's colour, darker the more codes of that class are below it. */
function codeColor(status: number, all: readonly number[]): string {
  const own = CLASSES.find(({ key }) => key === classOf(status))?.color ?? 'var(--series-1)'
  const below = all.filter(other => other < status && classOf(other) === classOf(status)).length
  return below === 0
    ? own
    : `color-mix(in oklab, ${own} ${Math.max(25, 100 - below * 25)}%, var(--foreground))`
}

/** Stacked requests by class, or by single code. */
export function prepareRequests(data: RequestCharts, by: 'class' | 'code'): PreparedChart {
  const columns: Record<string, number[]> = {}
  for (const { status, counts } of data.statuses) {
    const key = by === 'class' ? classOf(status) : String(status)
    const column = columns[key] ?? new Array<number>(data.count).fill(0)
    columns[key] = column
    counts.forEach((count, index) => {
      column[index] = (column[index] ?? 0) + count
    })
  }
  const series =
    by === 'class'
      ? CLASSES.filter(entry => columns[entry.key]).map(entry => ({ ...entry, stack: 'requests' }))
      : data.statuses.map(({ status }) => ({
          key: String(status),
          label: String(status),
          color: codeColor(
            status,
            data.statuses.map(entry => entry.status),
          ),
          stack: 'requests',
        }))
  return {
    ...frameOf(data),
    kind: 'bars',
    unit: 'count',
    points: pointsOf(data, columns),
    series,
    empty: !hasValues(columns),
  }
}

const PERCENTILE_COLORS = {
  p50: 'var(--series-1)',
  p90: 'var(--series-4)',
  p95: 'var(--series-3)',
  p99: 'var(--series-2)',
} as const

/** Latency percentiles; a bucket without requests is a gap. */
export function prepareLatency(data: RequestCharts, of: 'total' | 'ttfb' | 'wait'): PreparedChart {
  const columns = data[of]
  return {
    ...frameOf(data),
    kind: 'lines',
    unit: 'ms',
    points: pointsOf(data, columns),
    series: PERCENTILES.map(key => ({ key, label: key, color: PERCENTILE_COLORS[key] })),
    empty: !PERCENTILES.some(key => columns[key].some(value => value !== null)),
  }
}

/** Requests in flight and waiting for a replica. */
export function prepareInFlight(data: RequestCharts): PreparedChart {
  const columns = {
    inFlightMax: data.inFlightMax,
    inFlightMean: data.inFlightMean,
    waitingMax: data.waitingMax,
  }
  return {
    ...frameOf(data),
    kind: 'steps',
    unit: 'count',
    points: pointsOf(data, columns),
    series: [
      { key: 'inFlightMax', label: 'In flight, peak', color: 'var(--series-1)' },
      { key: 'inFlightMean', label: 'In flight, mean', color: 'var(--series-6)', dashed: true },
      { key: 'waitingMax', label: 'Waiting, peak', color: 'var(--series-3)' },
    ],
    empty: !hasValues(columns),
  }
}

/** Bytes received from and sent to clients. */
export function prepareTraffic(data: RequestCharts): PreparedChart {
  const columns = { bytesIn: data.bytesIn, bytesOut: data.bytesOut }
  return {
    ...frameOf(data),
    kind: 'bars',
    unit: 'bytes',
    points: pointsOf(data, columns),
    series: [
      { key: 'bytesIn', label: 'Received', color: 'var(--series-1)', stack: 'bytes' },
      { key: 'bytesOut', label: 'Sent', color: 'var(--series-4)', stack: 'bytes' },
    ],
    empty: !hasValues(columns),
  }
}
