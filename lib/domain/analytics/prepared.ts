import type { Unit } from '@/lib/domain/format/measure'

/* What a chart draws: every decision (units, order, colours, gaps, axis) is already taken. */

export type PreparedSeries = {
  key: string
  label: string
  /** A CSS colour, e.g. `var(--series-1)`: it follows the entity wherever it is drawn. */
  color: string
  /** Series with the same stack are drawn on top of each other. */
  stack?: string
  /** Drawn as a dashed line, whatever the chart's kind. */
  dashed?: boolean
}

export type PreparedPoint = { t: number } & Record<string, number | null>

export type PreparedChart = {
  kind: 'bars' | 'lines' | 'steps' | 'heat'
  unit: Unit
  /** What the header promises, whatever data there is. */
  domain: readonly [fromMs: number, toMs: number]
  stepSeconds: number
  points: PreparedPoint[]
  series: PreparedSeries[]
  /** Start of the bucket that is still filling; drawn as unfinished. */
  unfinishedMs: number | null
  /** Top of the value axis where the unit has one, e.g. 1 of stacked shares. */
  top?: number
  /** A limit drawn as a line, e.g. the most replicas allowed. */
  limit?: { value: number; label: string }
  /** Said below the plot: a limit so far above that its line would flatten everything else. */
  note?: string
  /** Nothing was measured in the whole window. */
  empty: boolean
}

type Bucketed = { fromMs: number; toMs: number; stepSeconds: number; count: number; nowMs: number }

export const bucketStart = (data: Bucketed, index: number): number =>
  data.fromMs + index * data.stepSeconds * 1000

/** Which of a chart's points is of a time; null outside its window. */
export function bucketAt(
  { domain: [fromMs, toMs], stepSeconds }: PreparedChart,
  ms: number | null,
): number | null {
  if (ms === null || ms < fromMs || ms >= toMs) return null
  return Math.floor((ms - fromMs) / (stepSeconds * 1000))
}

/** The frame every chart of one answer shares. */
export function frameOf(data: Bucketed) {
  const last = bucketStart(data, data.count - 1)
  return {
    domain: [data.fromMs, data.toMs] as const,
    stepSeconds: data.stepSeconds,
    unfinishedMs: data.nowMs >= last && data.nowMs < data.toMs ? last : null,
  }
}

/** Rows of a chart from named columns of equal length. */
export function pointsOf(
  data: Bucketed,
  columns: Record<string, readonly (number | null)[]>,
): PreparedPoint[] {
  const entries = Object.entries(columns)
  return Array.from({ length: data.count }, (_, index) => {
    const point: PreparedPoint = { t: bucketStart(data, index) }
    for (const [key, values] of entries) point[key] = values[index] ?? null
    return point
  })
}

export const hasValues = (columns: Record<string, readonly (number | null)[]>): boolean =>
  Object.values(columns).some(values => values.some(value => value !== null && value !== 0))
