import { describe, expect, it } from 'vitest'
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

describe('idle hours', () => {
  it('are replica hours without a request in their window', () => {
    const two = [interval({ toMs: 3 * HOUR }), interval({ fromMs: 1.5 * HOUR, toMs: 3 * HOUR })]
    expect(idleHours(two, day, new Set(), HOUR)).toBeCloseTo(4.5)
    expect(idleHours(two, day, new Set([HOUR]), HOUR)).toBeCloseTo(3)
    expect(idleHours([interval({ fromMs: 22 * HOUR })], day, new Set(), HOUR)).toBeCloseTo(2)
  })
})
