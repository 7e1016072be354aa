const UNITS = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
] as const

const ABBREVIATIONS = { year: 'y', month: 'mo', day: 'd', hour: 'h', minute: 'min' } as const

/** `just now`, `3 min ago`, `in 5 d`. Short on purpose: the exact time stands beside it on hover. */
export function formatRelative(atMs: number, nowMs: number): string {
  const seconds = Math.round((atMs - nowMs) / 1000)
  const distance = Math.abs(seconds)
  // A page's clock may be a tick of 10 s behind what has just happened, and somewhat off the server's.
  if (distance < 45) return seconds > 15 ? 'in a moment' : 'just now'
  for (const { unit, seconds: size } of UNITS) {
    if (distance < size && unit !== 'minute') continue
    const text = `${Math.max(1, Math.floor(distance / size))} ${ABBREVIATIONS[unit]}`
    return seconds < 0 ? `${text} ago` : `in ${text}`
  }
  return 'just now'
}

/** `2 d 4 h`, `3 min 20 s`, `14 s`: how long something has lasted, in its two largest units. */
export function formatElapsed(elapsedMs: number): string {
  const seconds = Math.max(0, Math.round(elapsedMs / 1000))
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([value]) => value > 0)
  if (first === -1) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ')
}

/** `23 Nov 2026, 03:12:40 GMT+1`: the exact moment, with the zone it is told in. */
export function formatMoment(at: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(at)
}

export type Zone = 'local' | 'utc'

const DAY_MS = 86_400_000
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'] as const
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const two = (value: number): string => String(value).padStart(2, '0')

/** A moment whose UTC fields are those of the zone. */
const inZone = (ms: number, zone: Zone): Date =>
  new Date(zone === 'utc' ? ms : ms - new Date(ms).getTimezoneOffset() * 60_000)

/**
 * A time on an axis, as exact as the step deserves. Not by `Intl.DateTimeFormat`, in whose form it is: making one
 * takes longer than drawing the chart.
 */
export function formatTime(ms: number, spanMs: number, zone: Zone): string {
  const at = inZone(ms, zone)
  if (spanMs > 3 * DAY_MS) return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`
  const minutes = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
  if (spanMs > DAY_MS) return `${WEEKDAYS[at.getUTCDay()]} ${minutes}`
  return spanMs > 300_000 ? minutes : `${minutes}:${two(at.getUTCSeconds())}`
}

/** The exact moment, for tooltips and tables: `2026-11-23 03:12:40`. */
export function formatExact(ms: number, zone: Zone): string {
  if (zone === 'utc') return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const date = new Date(ms)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
