import type { PreparedChart } from './prepared'

/** RFC 4180: fields with a comma, quote or line break are quoted. */
const field = (value: string): string => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

export const toCsvRows = (rows: readonly (readonly string[])[]): string =>
  rows.map(row => `${row.map(field).join(',')}\r\n`).join('')

/** One row per bucket, times in UTC, gaps empty: what was drawn, at full precision. */
export const toCsv = (chart: PreparedChart): string =>
  toCsvRows([
    ['time', ...chart.series.map(series => series.label)],
    ...chart.points.map(point => [
      new Date(point.t).toISOString(),
      ...chart.series.map(series => point[series.key]?.toString() ?? ''),
    ]),
  ])

export function toJson(chart: PreparedChart, title: string): string {
  return JSON.stringify(
    {
      title,
      unit: chart.unit,
      stepSeconds: chart.stepSeconds,
      series: chart.series.map(series => ({
        name: series.label,
        data: chart.points.map(point => ({
          time: new Date(point.t).toISOString(),
          value: point[series.key] ?? null,
        })),
      })),
    },
    null,
    2,
  )
}
