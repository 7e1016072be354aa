import { formatMs } from '@/lib/domain/format/measure'
import { HEAT_EDGES_MS } from './heat'
import { frameOf, type PreparedChart, pointsOf } from './prepared'
import type { RequestCharts } from './view'

function rowLabel(row: number): string {
  const [lower, upper] = [HEAT_EDGES_MS[row - 1], HEAT_EDGES_MS[row]]
  if (upper === undefined) return `over ${formatMs(lower ?? 0)}`
  return lower === undefined ? `up to ${formatMs(upper)}` : `${formatMs(lower)} – ${formatMs(upper)}`
}

/** How many requests took how long, over time: one series per row of durations, short ones first. */
export function prepareHeat(data: RequestCharts): PreparedChart {
  const held = data.heat.flatMap((row, index) => (row.some(count => count > 0) ? [index] : []))
  const [first = 0, last = -1] = [held[0], held.at(-1)]
  const rows = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return {
    ...frameOf(data),
    kind: 'heat',
    unit: 'count',
    points: pointsOf(data, Object.fromEntries(rows.map(row => [`row${row}`, data.heat[row] ?? []]))),
    series: rows.map(row => ({ key: `row${row}`, label: rowLabel(row), color: 'var(--series-1)' })),
    empty: rows.length === 0,
  }
}
