import { afterEach, describe, expect, it } from 'vitest'
import { formatExact, formatTime } from './time'

const systemZone = process.env.TZ
afterEach(() => {
  if (systemZone === undefined) delete process.env.TZ
  else process.env.TZ = systemZone
})

describe('times on an axis', () => {
  it.each([
    ['Europe/Berlin', 'local'],
    ['America/St_Johns', 'local'],
    ['Asia/Kathmandu', 'utc'],
  ] as const)('are written in %s as `Intl` writes them, in %s time', (timeZone, zone) => {
    process.env.TZ = timeZone
    const minutes = { hour: '2-digit', minute: '2-digit' } as const
    const forms = [
      [4 * 86_400_000, { month: 'short', day: 'numeric' }],
      [2 * 86_400_000, { weekday: 'short', ...minutes }],
      [3_600_000, minutes],
      [60_000, { ...minutes, second: '2-digit' }],
    ] as const
    for (const [spanMs, parts] of forms) {
      const format = new Intl.DateTimeFormat('en-GB', {
        ...parts,
        timeZone: zone === 'utc' ? 'UTC' : timeZone,
      })
      for (let ms = Date.UTC(2026, 0, 1, 0, 7, 9); ms < Date.UTC(2027, 0, 1); ms += 7 * 3_600_000 + 61_000) {
        // Whether September has three letters or four is the version's.
        expect(formatTime(ms, spanMs, zone)).toBe(
          format.format(ms).replace(/ Sep$/, ' Sept').replace(',', ''),
        )
      }
    }
  })
})

describe('exact times', () => {
  it('say which zone they are in', () => {
    expect(formatExact(Date.UTC(2026, 10, 23, 3, 4, 5), 'utc')).toBe('2026-11-23 03:04:05 UTC')
  })
})

describe('times where the clocks change', () => {
  it('follow the viewer’s zone through both changes, and UTC through none', () => {
    process.env.TZ = 'Europe/Berlin'
    const spring = Date.UTC(2026, 2, 29, 0, 59, 59)
    expect(formatExact(spring, 'local')).toBe('2026-03-29 01:59:59')
    expect(formatExact(spring + 1000, 'local')).toBe('2026-03-29 03:00:00')
    const autumn = Date.UTC(2026, 9, 25, 0, 59, 59)
    expect(formatExact(autumn, 'local')).toBe('2026-10-25 02:59:59')
    expect(formatExact(autumn + 1000, 'local')).toBe('2026-10-25 02:00:00')
    expect(formatExact(autumn + 1000, 'utc')).toBe('2026-10-25 01:00:00 UTC')
    expect(formatTime(autumn + 1000, 6 * 3_600_000, 'utc')).toBe('01:00')
    expect(formatTime(autumn + 1000, 6 * 3_600_000, 'local')).toBe('02:00')
  })
})
