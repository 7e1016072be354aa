const pad = (value: number, digits = 2) => String(value).padStart(digits, '0')

/** `14:03:07.123`, in the viewer's zone or UTC. By hand: `Intl` costs too much for every line on every frame. */
export function clockTime(timeMs: number, zone: 'local' | 'utc'): string {
  const at = new Date(timeMs)
  const [hours, minutes, seconds] =
    zone === 'utc'
      ? [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()]
      : [at.getHours(), at.getMinutes(), at.getSeconds()]
  return `${pad(hours)}:${pad(minutes)}:${pad(seconds)}.${pad(at.getUTCMilliseconds(), 3)}`
}

/** The whole moment, for a tooltip: `2026-01-31 14:03:07.123 +01:00`. */
export function exactTime(timeMs: number, zone: 'local' | 'utc'): string {
  const offset = zone === 'utc' ? 0 : -new Date(timeMs).getTimezoneOffset()
  const shifted = new Date(timeMs + offset * 60_000).toISOString().replace('T', ' ').slice(0, -1)
  if (zone === 'utc') return `${shifted} UTC`
  const distance = Math.abs(offset)
  return `${shifted} ${offset < 0 ? '-' : '+'}${pad(Math.floor(distance / 60))}:${pad(distance % 60)}`
}

/** A row's time; one of another day than today begins with it, and of another year with that: `01-31 14:03:07.123`. */
export function rowTime(timeMs: number, zone: 'local' | 'utc', nowMs: number): string {
  const [year, day] = dayOf(timeMs, zone)
  const [thisYear, today] = dayOf(nowMs, zone)
  const time = clockTime(timeMs, zone)
  if (year !== thisYear) return `${year}-${day} ${time}`
  return day === today ? time : `${day} ${time}`
}

function dayOf(timeMs: number, zone: 'local' | 'utc'): [year: number, day: string] {
  const at = new Date(timeMs)
  return zone === 'utc'
    ? [at.getUTCFullYear(), `${pad(at.getUTCMonth() + 1)}-${pad(at.getUTCDate())}`]
    : [at.getFullYear(), `${pad(at.getMonth() + 1)}-${pad(at.getDate())}`]
}

/** How times are written; the exact one stands beside it on hover, in UTC where that is chosen. */
export const TIME_LOOKS = ['local', 'utc', 'ago'] as const
export type TimeLook = (typeof TIME_LOOKS)[number]
export const zoneOf = (look: TimeLook): 'local' | 'utc' => (look === 'utc' ? 'utc' : 'local')
