import { afterEach, describe, expect, it } from 'vitest'
import { formatExact, formatTime } from './time'

const systemZone = process.env.TZ
afterEach(() => {
  if (systemZone === undefined) delete process.env.TZ
  else process.env.TZ = systemZone
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
