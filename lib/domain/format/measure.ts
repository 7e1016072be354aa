import { formatCompactCount, formatCount } from './count'

/** What a measurement is counted in. */
export const UNITS = ['count', 'ms', 'bytes', 'share', 'replicas'] as const
export type Unit = (typeof UNITS)[number]

/** `0.42 ms`, `12.3 ms`, `1.25 s`, `2 min 5 s`: three significant digits are all a latency has. */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${significant(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 120) return `${significant(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** `1.5 MiB`: what memory and transfers are counted in. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? Math.round(value) : significant(value)} ${units[unit]}`
}

export const formatShare = (share: number): string => `${significant(share * 100)} %`

const significant = (value: number): string => {
  if (value === 0) return '0'
  if (Math.abs(value) >= 100) return formatCount(Math.round(value))
  return String(Number(value.toPrecision(3)))
}

/** A value with its unit, for tooltips, tables and boxes. */
export function formatValue(unit: Unit, value: number): string {
  switch (unit) {
    case 'ms':
      return formatMs(value)
    case 'bytes':
      return formatBytes(value)
    case 'share':
      return formatShare(value)
    case 'count':
      return Number.isInteger(value) ? formatCount(value) : significant(value)
    case 'replicas':
      return formatCount(value)
  }
}

/** Short, for axis ticks. */
export function formatTick(unit: Unit, value: number): string {
  if (unit === 'count' || unit === 'replicas') return formatCompactCount(value)
  return formatValue(unit, value)
}
