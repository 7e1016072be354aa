import { classOf, type StatusClass } from './prepare-requests'
import { frameOf, hasValues, type PreparedChart, type PreparedSeries, pointsOf } from './prepared'
import type { RequestCharts } from './view'

/** All requests of each bucket: what the period before is compared by. */
export function prepareAllRequests(data: RequestCharts): PreparedChart {
  const all = Array.from({ length: data.count }, (_, index) =>
    data.statuses.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
  )
  return {
    ...frameOf(data),
    kind: 'bars',
    unit: 'count',
    points: pointsOf(data, { all }),
    series: [{ key: 'all', label: 'All requests', color: 'var(--muted-foreground)' }],
    empty: !hasValues({ all }),
  }
}

/** A chart of stacked counts as shares of each bucket's sum; a bucket without any is a gap. */
export function asShares(chart: PreparedChart): PreparedChart {
  const points = chart.points.map(point => {
    const sum = chart.series.reduce((total, { key }) => total + (point[key] ?? 0), 0)
    const shared = { ...point }
    for (const { key } of chart.series) shared[key] = sum === 0 ? null : (point[key] ?? 0) / sum
    return shared
  })
  return { ...chart, unit: 'share', top: 1, points }
}

/** Share of the answered requests that failed: by the endpoint (5xx) and by the client (4xx). */
export function prepareErrorShare(data: RequestCharts): PreparedChart {
  const shares: Record<'5xx' | '4xx', (number | null)[]> = { '5xx': [], '4xx': [] }
  for (let index = 0; index < data.count; index++) {
    const counts: Record<StatusClass, number> = { '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, left: 0 }
    for (const { status, counts: column } of data.statuses) counts[classOf(status)] += column[index] ?? 0
    const answered = counts['2xx'] + counts['3xx'] + counts['4xx'] + counts['5xx']
    for (const key of ['5xx', '4xx'] as const)
      shares[key].push(answered === 0 ? null : counts[key] / answered)
  }
  return {
    ...frameOf(data),
    kind: 'lines',
    unit: 'share',
    points: pointsOf(data, shares),
    // Left alone, an axis of nothing but zeros ends at 4: for a share that is 400 %.
    ...(hasValues(shares) ? {} : { top: 1 }),
    series: [
      { key: '5xx', label: '5xx server error', color: 'var(--series-2)' },
      { key: '4xx', label: '4xx client error', color: 'var(--series-5)' },
    ],
    empty: !shares['5xx'].some(share => share !== null),
  }
}

/** Tokens the model read and wrote, where its answers say so. */
export function prepareTokens(data: RequestCharts): PreparedChart {
  const columns = { tokensIn: data.tokensIn, tokensOut: data.tokensOut }
  return {
    ...frameOf(data),
    kind: 'bars',
    unit: 'count',
    points: pointsOf(data, columns),
    series: [
      { key: 'tokensIn', label: 'Read', color: 'var(--series-1)', stack: 'tokens' },
      { key: 'tokensOut', label: 'Written', color: 'var(--series-4)', stack: 'tokens' },
    ],
    empty: !hasValues(columns),
  }
}

/** The chart with each series of the period before as a dashed line: bucket over bucket, in the same colours. */
export function comparedWith(chart: PreparedChart, before: PreparedChart | undefined): PreparedChart {
  if (!before) return chart
  const keyOf = (series: PreparedSeries) => `before ${series.key}`
  return {
    ...chart,
    points: chart.points.map((point, index) => {
      const joined = { ...point }
      for (const series of before.series) joined[keyOf(series)] = before.points[index]?.[series.key] ?? null
      return joined
    }),
    series: [
      ...chart.series,
      ...before.series.map(({ label, color, key }) => ({
        key: keyOf({ label, color, key }),
        label: `${label}, period before`,
        color,
        dashed: true,
      })),
    ],
    empty: chart.empty && before.empty,
  }
}
