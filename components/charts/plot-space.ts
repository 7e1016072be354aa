import type { PreparedChart, PreparedSeries } from '@/lib/domain/analytics/prepared'
import { PLOT } from './plot'
import type { Place } from './shapes'
import { linearScale, logScale, type ValueScale } from './value-scale'

/** A chart's series in pixels of a plot so wide. */
export type PlotSpace = {
  scale: ValueScale
  yOf: (value: number) => number
  placed: { series: PreparedSeries; places: Place[]; floors: number[] }[]
}

export const BOTTOM = PLOT.height - PLOT.bottom

/** Series of one stack stand on each other, in their order; `floors` are where they stand. */
export function placeSeries(
  chart: PreparedChart,
  shown: readonly PreparedSeries[],
  width: number,
  isLog: boolean,
): PlotSpace {
  const { points, stepSeconds, domain } = chart
  const stacks = new Map<string, number[]>()
  const heights = shown.map(series => {
    const values = points.map(point => point[series.key] ?? null)
    if (series.stack === undefined) return { series, floor: values.map(() => 0), top: values }
    const floor = stacks.get(series.stack) ?? values.map(() => 0)
    const top = values.map((value, index) => (value === null ? null : value + (floor[index] ?? 0)))
    stacks.set(
      series.stack,
      top.map((value, index) => value ?? floor[index] ?? 0),
    )
    return { series, floor, top }
  })
  const values = heights.flatMap(({ top }) => top.flatMap(value => value ?? []))
  const scale = isLog
    ? logScale(values)
    : linearScale(chart.unit, chart.limit ? [...values, chart.limit.value] : values, chart.top)
  const yOf = (value: number) => BOTTOM - scale.shareOf(value) * (BOTTOM - PLOT.top)
  const perMs = (width - PLOT.left - PLOT.right) / (domain[1] - domain[0])
  const xOf = (ms: number) => PLOT.left + (ms - domain[0]) * perMs
  return {
    scale,
    yOf,
    placed: heights.map(({ series, floor, top }) => ({
      series,
      floors: floor.map(yOf),
      places: points.map(({ t }, index) => {
        const value = top[index] ?? null
        return { left: xOf(t), right: xOf(t + stepSeconds * 1000), y: value === null ? null : yOf(value) }
      }),
    })),
  }
}
