import { afterEach, describe, expect, it } from 'vitest'
import { formatExact, formatTime } from './format'
import { frameOf } from './prepared'

const systemZone = process.env.TZ
afterEach(() => {
  if (systemZone === undefined) delete process.env.TZ
  else process.env.TZ = systemZone
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

describe('the unfinished bucket', () => {
  const data = { fromMs: 0, toMs: 30_000, stepSeconds: 10, count: 3 }
  it('is the last one while now lies in it, and none in a past window', () => {
    expect(frameOf({ ...data, nowMs: 29_999 }).unfinishedMs).toBe(20_000)
    expect(frameOf({ ...data, nowMs: 30_000 }).unfinishedMs).toBeNull()
  })
})
