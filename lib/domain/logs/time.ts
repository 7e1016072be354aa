/** A time in a line counts only with its zone: one without would be read differently on another machine. */
const ZONED = /^\[?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(Z|([+-])(\d\d):?(\d\d))/

/** A line's own clock may be off; beyond this the time of whoever read the pipe is the better one. */
const MAX_SKEW_MS = 10 * 60_000

const near = (timeMs: number, readAtMs: number): number =>
  Number.isFinite(timeMs) && Math.abs(timeMs - readAtMs) <= MAX_SKEW_MS ? Math.floor(timeMs) : readAtMs

/** Milliseconds of a text line that begins with a full time, else `readAtMs`. */
export function timeOfText(text: string, readAtMs: number): number {
  const first = text.charCodeAt(0)
  const mayBeTime = first === 0x5b || (first >= 0x30 && first <= 0x39)
  const match = mayBeTime ? ZONED.exec(text) : null
  if (!match) return readAtMs
  const [, year, month, day, hour, minute, second, fraction = '0', , sign, zoneHours, zoneMinutes] = match
  const offset = sign ? (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1) : 0
  // `Date.UTC` on numbers: putting a text together for `Date.parse` costs five times as much.
  const timeMs = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute) - offset,
    Number(second),
    Number(fraction.slice(0, 3).padEnd(3, '0')),
  )
  return near(timeMs, readAtMs)
}

/** Milliseconds of a JSON line's time field: epoch in s, ms, µs or ns, or a zoned text. */
export function timeOfField(value: unknown, readAtMs: number): number {
  if (typeof value === 'string') return timeOfText(value, readAtMs)
  if (typeof value !== 'number' || value <= 0) return readAtMs
  for (const perMs of [0.001, 1, 1_000, 1_000_000]) {
    const timeMs = value / perMs
    if (Math.abs(timeMs - readAtMs) <= MAX_SKEW_MS) return Math.floor(timeMs)
  }
  return readAtMs
}
