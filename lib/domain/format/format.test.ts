import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCompactCount, formatCount, plural } from './count'
import { formatUsd, formatUsdPerHour, formatUsdPerMonth } from './money'
import { formatElapsed, formatMoment, formatRelative } from './time'

describe('counts', () => {
  it('are written as `Intl` writes them', () => {
    const plain = new Intl.NumberFormat('en')
    const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
    const count = fc.oneof(
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.integer({ min: 0, max: 9e14 }),
      // The edges of units and of rounding.
      fc
        .tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 9 }))
        .map(([n, e]) => n * 10 ** e),
      fc
        .tuple(fc.constantFrom(4, 5, 6, 9, 12), fc.integer({ min: -60, max: 60 }))
        .map(([e, n]) => 10 ** e + n),
    )
    fc.assert(
      fc.property(count, value => {
        fc.pre(!Object.is(value, -0))
        expect(formatCount(value)).toBe(plain.format(value))
        if (Math.abs(value) >= 10_000) expect(formatCompactCount(value)).toBe(compact.format(value))
      }),
      { numRuns: 2_000 },
    )
  })

  it('are exact until they no longer fit', () => {
    expect(formatCompactCount(9_999)).toBe('9,999')
    expect(formatCompactCount(12_480)).toBe('12.5K')
    expect(formatCompactCount(2_600_000_000)).toBe('2.6B')
  })

  it('agree with their noun', () => {
    expect(plural(1, 'replica')).toBe('1 replica')
    expect(plural(0, 'replica')).toBe('0 replicas')
    expect(plural(2, 'copy', 'copies')).toBe('2 copies')
  })
})

describe('prices', () => {
  it('are never zero where nobody set one', () => {
    expect(formatUsdPerHour(null)).toBe('no price set')
    expect(formatUsdPerMonth(null)).toBe('no price set')
  })

  it('have cents, and more only where cents would hide the number', () => {
    expect(formatUsd(1204.5)).toBe('$1,204.50')
    expect(formatUsd(0)).toBe('$0.00')
    expect(formatUsdPerHour(0.45)).toBe('$0.45/h')
    expect(formatUsdPerHour(0.0325)).toBe('$0.0325/h')
    expect(formatUsdPerMonth(0.1)).toBe('$73.00/month')
  })
})

describe('times', () => {
  const now = Date.UTC(2026, 10, 23, 12)
  const ago = (seconds: number) => formatRelative(now - seconds * 1000, now)

  it('are told relative to now, in one unit', () => {
    expect([ago(3), ago(44), ago(50), ago(59 * 60)]).toEqual([
      'just now',
      'just now',
      '1 min ago',
      '59 min ago',
    ])
    expect([ago(3600), ago(90_000), ago(40 * 86_400), ago(800 * 86_400)]).toEqual([
      '1 h ago',
      '1 d ago',
      '1 mo ago',
      '2 y ago',
    ])
    expect([ago(-10), ago(-20), ago(-3 * 86_400)]).toEqual(['just now', 'in a moment', 'in 3 d'])
  })

  it('last in their two largest units', () => {
    expect([0, 14_000, 200_000, 187_200_000].map(formatElapsed)).toEqual([
      '0 s',
      '14 s',
      '3 min 20 s',
      '2 d 4 h',
    ])
  })

  it('name their zone when exact', () => {
    expect(formatMoment(new Date(now), 'UTC')).toBe('23 Nov 2026, 12:00:00 UTC')
  })
})
