import { afterEach, describe, expect, it } from 'vitest'
import { formatExact } from '@/lib/domain/format/time'
import { fieldOf, instantOf } from './field-time'
import { timeTicks } from './ticks'

const systemZone = process.env.TZ
afterEach(() => {
  if (systemZone === undefined) delete process.env.TZ
  else process.env.TZ = systemZone
})

describe('the axis', () => {
  const DAY_MS = 86_400_000
  const labels = (ticks: number[], zone: 'local' | 'utc') =>
    ticks.map(ms => formatExact(ms, zone).slice(5, 16))

  it('has its days at the viewer’s midnights, 23 and 25 hours apart where the clocks change', () => {
    process.env.TZ = 'Europe/Berlin'
    const spring = timeTicks(Date.UTC(2026, 2, 27), Date.UTC(2026, 2, 31), 'local', 8)
    const days = spring.filter(ms => formatExact(ms, 'local').endsWith('00:00:00'))
    expect(labels(days, 'local')).toEqual(['03-28 00:00', '03-29 00:00', '03-30 00:00', '03-31 00:00'])
    expect(days.slice(1).map((ms, index) => (ms - (days[index] ?? 0)) / 3_600_000)).toEqual([24, 23, 24])
    const autumn = timeTicks(Date.UTC(2026, 9, 24, 12), Date.UTC(2026, 9, 27), 'local', 3)
    expect(autumn.slice(1).map((ms, index) => (ms - (autumn[index] ?? 0)) / 3_600_000)).toEqual([25, 24])
  })

  it('has no label twice where an hour is skipped, and round hours of UTC with the toggle', () => {
    process.env.TZ = 'Europe/Berlin'
    const from = Date.UTC(2026, 2, 28, 23)
    const local = timeTicks(from, from + DAY_MS / 4, 'local', 8)
    expect(new Set(labels(local, 'local')).size).toBe(local.length)
    process.env.TZ = 'Asia/Kolkata'
    const half = timeTicks(from, from + DAY_MS, 'local', 8)
    expect(half.every(ms => formatExact(ms, 'local').endsWith(':00:00'))).toBe(true)
    const utc = timeTicks(from, from + DAY_MS, 'utc', 8)
    expect(utc.every(ms => ms % 3_600_000 === 0)).toBe(true)
  })

  it('never has more labels than fit', () => {
    for (const days of [0.01, 0.25, 1, 3, 7, 30, 90, 400])
      for (const max of [3, 6, 9]) {
        const ticks = timeTicks(0, days * DAY_MS, 'utc', max)
        expect(ticks.length).toBeLessThanOrEqual(max + 1)
        expect(ticks.length).toBeGreaterThan(0)
      }
  })
})

describe('a range by hand', () => {
  it('is read on the clock it is shown on', () => {
    process.env.TZ = 'America/New_York'
    const at = Date.UTC(2026, 6, 1, 12, 30)
    expect(fieldOf(at, 'local')).toBe('2026-07-01T08:30')
    expect(fieldOf(at, 'utc')).toBe('2026-07-01T12:30')
    for (const zone of ['local', 'utc'] as const) expect(instantOf(fieldOf(at, zone), zone)).toBe(at)
    expect(instantOf('', 'local')).toBeNaN()
  })

  it('goes over both changes of the clocks', () => {
    process.env.TZ = 'Europe/Berlin'
    expect(instantOf('2026-03-29T03:00', 'local') - instantOf('2026-03-29T01:00', 'local')).toBe(3_600_000)
    expect(instantOf('2026-10-25T03:00', 'local') - instantOf('2026-10-25T01:00', 'local')).toBe(
      3 * 3_600_000,
    )
    // An hour that comes twice is its first; one that never comes is the hour after it.
    expect(instantOf('2026-10-25T02:30', 'local')).toBe(Date.UTC(2026, 9, 25, 0, 30))
    expect(fieldOf(instantOf('2026-03-29T02:30', 'local'), 'local')).toBe('2026-03-29T03:30')
  })
})
