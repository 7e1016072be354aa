import { frameOf, hasValues, type PreparedChart, pointsOf } from './prepared'
import type { NativeCharts } from './view'

/** A metric of the provider as it names it; drawn as lines, for nothing is known of what may be added up. */
export function prepareNative(data: NativeCharts, index: number): PreparedChart {
  const { unit, series } = data.charts[index] ?? { unit: 'count', series: [] }
  const columns = Object.fromEntries(series.map(({ name, values }) => [name, values]))
  return {
    ...frameOf(data),
    kind: 'lines',
    unit,
    points: pointsOf(data, columns),
    series: series.map(({ name }, place) => ({
      key: name,
      label: name,
      color: `var(--series-${(place % 8) + 1})`,
    })),
    empty: !hasValues(columns),
  }
}
