import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReplicaState } from '@/lib/domain/endpoint/state'
import { formatUsd } from '@/lib/domain/format/money'
import { costUsd, idleHours, type LedgerInterval } from './ledger'

const HOUR = 3_600_000
const day = { fromMs: 0, toMs: 24 * HOUR }
const interval = (change: Partial<LedgerInterval>): LedgerInterval => ({
  state: 'running',
  fromMs: 0,
  toMs: null,
  priceUsdPerHour: 0.5,
  ...change,
})

describe('cost', () => {
  it('is the sum of paid time at the price of that time, cut to the window', () => {
    const life = [
      interval({ state: 'pending', toMs: HOUR, priceUsdPerHour: null }),
      interval({ state: 'initializing', fromMs: HOUR, toMs: 2 * HOUR }),
      interval({ fromMs: 2 * HOUR, toMs: 4 * HOUR }),
      interval({ fromMs: 23 * HOUR, toMs: 30 * HOUR, priceUsdPerHour: 2 }),
      interval({ state: 'failed', fromMs: 4 * HOUR, toMs: 9 * HOUR, priceUsdPerHour: 0 }),
    ]
    expect(costUsd(life, day)).toBeCloseTo(0.5 + 1 + 2)
  })

  it('is unknown, not nothing, where nobody has set a price', () => {
    expect(costUsd([interval({ priceUsdPerHour: null })], day)).toBeNull()
    expect(costUsd([], day)).toBeNull()
  })
})

type Part = { state: ReplicaState; seconds: number; microUsdPerHour: number | null }

/** A life in whole seconds: states one after another, each with the price of that time in whole millionths. */
const life: fc.Arbitrary<Part[]> = fc.array(
  fc.record({
    state: fc.constantFrom<ReplicaState>('pending', 'downloading', 'initializing', 'running', 'failed'),
    seconds: fc.integer({ min: 1, max: 200_000 }),
    microUsdPerHour: fc.option(fc.integer({ min: 0, max: 40_000_000 })),
  }),
  { minLength: 1, maxLength: 30 },
)
const intervalsOf = (parts: readonly Part[]): LedgerInterval[] => {
  let atMs = 0
  return parts.map(({ state, seconds, microUsdPerHour }) => {
    const fromMs = atMs
    atMs += seconds * 1000
    const priceUsdPerHour = microUsdPerHour === null ? null : microUsdPerHour / 1e6
    return interval({ state, fromMs, toMs: atMs, priceUsdPerHour })
  })
}

describe('the ledger', () => {
  it('is right to the cent: whole millionths of a dollar and whole seconds, added without rounding', () => {
    fc.assert(
      fc.property(life, parts => {
        const span = { fromMs: 0, toMs: 30 * 200_000 * 1000 }
        const paid = parts.filter(part => part.microUsdPerHour !== null)
        const exact = paid.reduce(
          (sum, part) => sum + BigInt(part.seconds) * BigInt(part.microUsdPerHour ?? 0),
          0n,
        )
        const cost = costUsd(intervalsOf(parts), span)
        if (paid.length === 0) expect(cost).toBeNull()
        else expect(Math.abs((cost ?? Number.NaN) - Number(exact) / 3600 / 1e6)).toBeLessThan(1e-6)
      }),
    )
  })

  it('adds up: the parts of a time cost together what the whole costs', () => {
    fc.assert(
      fc.property(life, fc.integer({ min: 0, max: 6_000_000 }), (parts, cutSeconds) => {
        const intervals = intervalsOf(parts)
        const [fromMs, cutMs, toMs] = [0, cutSeconds * 1000, 6_000_000_000]
        const whole = costUsd(intervals, { fromMs, toMs })
        const before = costUsd(intervals, { fromMs, toMs: cutMs })
        const after = costUsd(intervals, { fromMs: cutMs, toMs })
        expect(Math.abs((before ?? 0) + (after ?? 0) - (whole ?? 0))).toBeLessThan(1e-6)
        expect(whole === null).toBe(before === null && after === null)
      }),
    )
  })

  it('keeps a price change where it happened, and says $0.00 only of time that is free', () => {
    const changed = [
      interval({ toMs: 90 * 60_000 }),
      interval({ fromMs: 90 * 60_000, priceUsdPerHour: 1.25 }),
    ]
    expect(formatUsd(costUsd(changed, { fromMs: 0, toMs: 3 * HOUR }) ?? 0)).toBe('$2.63')
    expect(costUsd([interval({ state: 'failed', priceUsdPerHour: 0 })], day)).toBe(0)
    expect(costUsd([interval({ state: 'failed', priceUsdPerHour: null })], day)).toBeNull()
  })
})

describe('idle hours', () => {
  it('are replica hours without a request in their window', () => {
    const two = [interval({ toMs: 3 * HOUR }), interval({ fromMs: 1.5 * HOUR, toMs: 3 * HOUR })]
    expect(idleHours(two, day, new Set(), HOUR)).toBeCloseTo(4.5)
    expect(idleHours(two, day, new Set([HOUR]), HOUR)).toBeCloseTo(3)
    expect(idleHours([interval({ fromMs: 22 * HOUR })], day, new Set(), HOUR)).toBeCloseTo(2)
  })
})
