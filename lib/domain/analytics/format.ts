import type { Unit } from './prepared'

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const plain = new Intl.NumberFormat('en')

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
  if (Math.abs(value) >= 100) return plain.format(Math.round(value))
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
      return Number.isInteger(value) ? plain.format(value) : significant(value)
    case 'replicas':
      return plain.format(value)
  }
}

/** Short, for axis ticks. */
export function formatTick(unit: Unit, value: number): string {
  if (unit === 'count' || unit === 'replicas') return compact.format(value)
  return formatValue(unit, value)
}

export type Zone = 'local' | 'utc'

/** A time on an axis, as exact as the step deserves. */
export function formatTime(ms: number, spanMs: number, zone: Zone): string {
  const timeZone = zone === 'utc' ? 'UTC' : undefined
  const day = 86_400_000
  const parts: Intl.DateTimeFormatOptions =
    spanMs > 3 * day
      ? { month: 'short', day: 'numeric' }
      : spanMs > day
        ? { weekday: 'short', hour: '2-digit', minute: '2-digit' }
        : { hour: '2-digit', minute: '2-digit', ...(spanMs <= 3_600_000 ? { second: '2-digit' } : {}) }
  return new Intl.DateTimeFormat('en-GB', { ...parts, ...(timeZone ? { timeZone } : {}) }).format(ms)
}

/** The exact moment, for tooltips and tables: `2026-11-23 03:12:40`. */
export function formatExact(ms: number, zone: Zone): string {
  if (zone === 'utc') return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
