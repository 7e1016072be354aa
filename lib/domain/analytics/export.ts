import type { PreparedChart, PreparedPoint } from './prepared'

/** RFC 4180: fields with a comma, quote or line break are quoted. */
const field = (value: string): string => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

export const toCsvRows = (rows: readonly (readonly string[])[]): string =>
  rows.map(row => `${row.map(field).join(',')}\r\n`).join('')

export const FILE_FORMATS = ['csv', 'json'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

type Head = Pick<PreparedChart, 'kind' | 'unit' | 'stepSeconds' | 'series'>
type Writer = {
  head: string
  /** Any number of pieces, one after another. */
  rows: (points: readonly PreparedPoint[]) => string
  tail: string
}

/** Writes a chart piece by piece: one row per bucket, times in UTC, gaps empty, at full precision. */
export function chartWriter(format: FileFormat, chart: Head, title: string): Writer {
  const columns = ['time', ...chart.series.map(({ label }) => label)]
  const time = ({ t }: PreparedPoint) => new Date(t).toISOString()
  // A piece of a heat map has no row for durations that none of its requests took.
  const none = chart.kind === 'heat' ? 0 : null
  const values = (point: PreparedPoint) => chart.series.map(({ key }) => point[key] ?? none)
  if (format === 'csv')
    return {
      head: toCsvRows([columns]),
      rows: points =>
        toCsvRows(points.map(point => [time(point), ...values(point).map(value => value?.toString() ?? '')])),
      tail: '',
    }
  let isFirst = true
  const row = (point: PreparedPoint) => {
    const separator = isFirst ? '\n' : ',\n'
    isFirst = false
    return `${separator}${JSON.stringify([time(point), ...values(point)])}`
  }
  const { unit, stepSeconds } = chart
  return {
    head: `${JSON.stringify({ title, unit, stepSeconds, columns }).slice(0, -1)},"rows":[`,
    rows: points => points.map(row).join(''),
    tail: '\n]}\n',
  }
}

/** The whole file of a chart that is drawn from what somebody else stores: its points are all there is. */
export function chartFile(format: FileFormat, chart: PreparedChart, title: string): string {
  const { head, rows, tail } = chartWriter(format, chart, title)
  return head + rows(chart.points) + tail
}
