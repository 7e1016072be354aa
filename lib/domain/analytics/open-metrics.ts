import type { Sketch } from '@/lib/domain/latency/sketch'

export const OPEN_METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

export type Labels = Readonly<Record<string, string>>
type Sample = { suffix: string; labels: Labels; value: number }
export type Family = {
  name: string
  type: 'counter' | 'gauge' | 'histogram' | 'summary'
  unit?: 'seconds' | 'bytes' | 'percent'
  help: string
  samples: Sample[]
}

/** Upper edges in seconds: from a cache hit to a long generation. */
const EDGES_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]

export const counter = (labels: Labels, value: number): Sample => ({ suffix: '_total', labels, value })
export const gauge = (labels: Labels, value: number): Sample => ({ suffix: '', labels, value })

/**
 * The samples of one histogram. Counts are exact; a duration within 1 % of an edge may fall on its other side, and
 * the sum is that of the buckets’ middles.
 */
export function histogram(labels: Labels, sketch: Sketch): Sample[] {
  const counts = EDGES_SECONDS.map(() => 0)
  let sumSeconds = 0
  for (const { lowerUs, upperUs, count } of sketch.buckets()) {
    const middleSeconds = (lowerUs + upperUs) / 2e6
    sumSeconds += middleSeconds * count
    const edge = EDGES_SECONDS.findIndex(seconds => middleSeconds <= seconds)
    if (edge !== -1) counts[edge] = (counts[edge] ?? 0) + count
  }
  let below = 0
  const buckets = EDGES_SECONDS.map((seconds, i) => {
    below += counts[i] ?? 0
    const le = Number.isInteger(seconds) ? `${seconds}.0` : String(seconds)
    return { suffix: '_bucket', labels: { ...labels, le }, value: below }
  })
  return [
    ...buckets,
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: sketch.count },
    { suffix: '_sum', labels, value: sumSeconds },
    { suffix: '_count', labels, value: sketch.count },
  ]
}

/** A summary's quantiles; NaN is what the format has for "nothing was measured". */
export const quantiles = (labels: Labels, values: Readonly<Record<string, number | null>>): Sample[] =>
  Object.entries(values).map(([quantile, value]) => ({
    suffix: '',
    labels: { ...labels, quantile },
    value: value ?? Number.NaN,
  }))

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const labelText = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** OpenMetrics 1.0 text; families without samples are left out. */
export function openMetricsText(families: readonly Family[]): string {
  const lines: string[] = []
  for (const { name, type, unit, help, samples } of families) {
    if (samples.length === 0) continue
    lines.push(`# TYPE ${name} ${type}`)
    if (unit) lines.push(`# UNIT ${name} ${unit}`)
    lines.push(`# HELP ${name} ${escaped(help)}`)
    for (const { suffix, labels, value } of samples) {
      lines.push(`${name}${suffix}${labelText(labels)} ${value}`)
    }
  }
  return `${lines.join('\n')}${lines.length > 0 ? '\n' : ''}# EOF\n`
}
