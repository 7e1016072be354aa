import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketsOf, MAX_POINTS, RANGES, resolveWindow, stepFor, zoomedTo } from './range'
import { windowInput } from './window-input'

describe('buckets', () => {
  it('never exceed what a chart can draw, and hold the end of the window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 400 * 86_400 }),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        (seconds, end) => {
          const toMs = end * 1000 + 400 * 86_400_000
          const buckets = bucketsOf(toMs - seconds * 1000, toMs)
          expect(buckets.count).toBeLessThanOrEqual(MAX_POINTS + 1)
          expect(buckets.count).toBeGreaterThan(0)
          expect(buckets.fromMs % (buckets.stepSeconds * 1000)).toBe(0)
          expect(buckets.toMs).toBeGreaterThan(toMs)
          expect(buckets.toMs - buckets.stepSeconds * 1000).toBeLessThanOrEqual(toMs)
        },
      ),
    )
  })

  it('are at least one, also where only hours are left of a minute', () => {
    const buckets = bucketsOf(Date.UTC(2026, 0, 1, 10, 5), Date.UTC(2026, 0, 1, 10, 6), 3600)
    expect(buckets).toMatchObject({ fromMs: Date.UTC(2026, 0, 1, 10), count: 1 })
  })

  it('use the window a gateway writes for a quarter of an hour, and hours for a month', () => {
    expect(stepFor(RANGES['15m'].seconds)).toBe(10)
    expect(stepFor(RANGES['30d'].seconds)).toBe(4 * 3600)
  })
})

describe('windows', () => {
  it('end now for a preset and never in the future', () => {
    expect(resolveWindow(windowInput.parse({ range: '1h' }), 10_000_000)).toEqual({
      fromMs: 6_400_000,
      toMs: 10_000_000,
    })
    expect(resolveWindow(windowInput.parse({ from: 1_000_000, to: 99_000_000 }), 10_000_000).toMs).toBe(
      10_000_000,
    )
  })

  it('that are dragged over are as long as one must be', () => {
    expect(windowInput.safeParse(zoomedTo(10_000, 20_000)).success).toBe(true)
    expect(zoomedTo(0, 90_000)).toEqual({ from: 0, to: 90_000 })
  })

  it('refuse half a range and one that is too short', () => {
    expect(windowInput.safeParse({ from: 5 }).success).toBe(false)
    expect(windowInput.safeParse({ from: 5, to: 10 }).success).toBe(false)
  })
})
