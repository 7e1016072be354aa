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
const MINUTES = { hour: '2-digit', minute: '2-digit' } as const
const AXIS_PARTS = {
  days: { month: 'short', day: 'numeric' },
  hours: { weekday: 'short', ...MINUTES },
  minutes: MINUTES,
  seconds: { ...MINUTES, second: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/* Making a format takes longer than drawing the chart whose labels it writes. */
const axisFormats = new Map<string, Intl.DateTimeFormat>()

function axisFormat(parts: keyof typeof AXIS_PARTS, zone: Zone): Intl.DateTimeFormat {
  const key = `${parts} ${zone}`
  const held = axisFormats.get(key)
  if (held) return held
  const made = new Intl.DateTimeFormat('en-GB', {
    ...AXIS_PARTS[parts],
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  })
  axisFormats.set(key, made)
  return made
}

/** A time on an axis, as exact as the step deserves. */
export function formatTime(ms: number, spanMs: number, zone: Zone): string {
  if (spanMs > 3 * DAY_MS) return axisFormat('days', zone).format(ms)
  if (spanMs > DAY_MS) return axisFormat('hours', zone).format(ms)
  return axisFormat(spanMs > 300_000 ? 'minutes' : 'seconds', zone).format(ms)
}

/** The exact moment, for tooltips and tables: `2026-11-23 03:12:40`. */
export function formatExact(ms: number, zone: Zone): string {
  if (zone === 'utc') return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
