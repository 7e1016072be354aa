import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Sketch } from './sketch'

const sketchOf = (values: readonly number[]) => {
  const sketch = new Sketch()
  for (const value of values) sketch.add(value)
  return sketch
}

const nearestRank = (values: readonly number[], q: number): number => {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(1, Math.ceil(q * sorted.length - 1e-9)) - 1] ?? Number.NaN
}

const durationUs = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 3_600_000_000 }),
  fc.double({ min: 0, max: 1e12, noNaN: true }),
)
const sketch = fc.array(durationUs, { maxLength: 60 }).map(sketchOf)

describe('sketch algebra', () => {
  it('merges in any order and grouping to the same bytes', () => {
    fc.assert(
      fc.property(sketch, sketch, sketch, (a, b, c) => {
        const merge = (...parts: Sketch[]) => parts.reduce((sum, part) => sum.merge(part), new Sketch())
        const left = merge(merge(a, b), c).encode()
        expect(merge(a, merge(b, c)).encode()).toEqual(left)
        expect(merge(c, b, a).encode()).toEqual(left)
      }),
    )
  })

  it('makes of merged parts what adding every value makes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(durationUs, { maxLength: 30 }), { maxLength: 8 }), parts => {
        const merged = parts.map(sketchOf).reduce((sum, part) => sum.merge(part), new Sketch())
        const direct = sketchOf(parts.flat())
        expect(merged.count).toBe(parts.flat().length)
        expect(merged.encode()).toEqual(direct.encode())
      }),
    )
  })

  it('adds n equal values at once as n single ones', () => {
    const once = new Sketch()
    once.add(1234, 3)
    expect(once.encode()).toEqual(sketchOf([1234, 1234, 1234]).encode())
  })
})

describe('sketch bytes', () => {
  it('decode to what was encoded, counts beyond 32 bits too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(durationUs, fc.integer({ min: 1, max: 2 ** 45 }))), pairs => {
        const original = new Sketch()
        for (const [value, count] of pairs) original.add(value, count)
        const decoded = Sketch.decode(original.encode())
        expect(decoded.count).toBe(original.count)
        expect(decoded.encode()).toEqual(original.encode())
        expect([...decoded.buckets()]).toEqual([...original.buckets()])
      }),
    )
  })

  it('are merged without decoding to the same', () => {
    fc.assert(
      fc.property(sketch, sketch, (a, b) => {
        const expected = Sketch.decode(a.encode()).merge(b).encode()
        expect(a.mergeEncoded(b.encode()).encode()).toEqual(expected)
      }),
    )
  })

  it.each([
    ['nothing', [], /it is empty/],
    ['another version', [9, 0, 0], /version 9 is unknown/],
    ['a cut', [1, 0, 2, 5, 1], /ends within a number at byte 5/],
    ['a bucket twice', [1, 0, 2, 5, 1, 0, 1], /bucket 5 is there twice/],
    ['a bucket too high', [1, 0, 1, 0xdd, 0x0b, 1], /bucket 1501 is beyond the last/],
    ['an empty bucket', [1, 0, 1, 5, 0], /bucket 5 holds nothing/],
    ['more after the end', [1, 0, 0, 7], /1 bytes follow its end/],
    ['an endless number', [1, 255, 255, 255, 255, 255, 255, 255, 255, 1], /too long/],
    ['a number beyond 2^53', [1, 255, 255, 255, 255, 255, 255, 255, 127, 0], /too large/],
  ])('with %s are refused with the reason', (_, bytes, message) => {
    expect(() => Sketch.decode(Uint8Array.from(bytes))).toThrow(message)
  })

  it('of any kind either decode or are refused in words', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        const framed = Uint8Array.from([1, ...bytes])
        try {
          Sketch.decode(framed).quantile(0.5)
        } catch (error) {
          expect(String(error)).toMatch(/^Error: Not a latency sketch: /)
        }
      }),
      { numRuns: 500 },
    )
  })
})

/** Reproducible uniform numbers in (0, 1] (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return 1 - ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
const random = randomOf(7)
const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
const draw = (make: () => number) => Array.from({ length: 20_000 }, make)

describe('quantiles', () => {
  it.each([
    ['uniform', draw(() => 1 + random() * 1e6)],
    ['log-normal', draw(() => Math.exp(10 + 1.5 * normal()))],
    ['bimodal', draw(() => (random() < 0.7 ? 2_000 + 100 * normal() : 900_000 + 40_000 * normal()))],
    ['Pareto', draw(() => 100 * random() ** (-1 / 1.1))],
    ['constant', draw(() => 12_345)],
    ['whole microseconds from 1', draw(() => Math.ceil(random() * 40))],
  ])('of %s durations are within 1 %% of the nearest-rank value', (_, values) => {
    const whole = sketchOf(values)
    for (const q of [0, 0.01, 0.07, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 1]) {
      const exact = nearestRank(values, q)
      expect(Math.abs((whole.quantile(q) ?? Number.NaN) - exact) / exact).toBeLessThanOrEqual(0.01)
    }
  })

  it('of any durations are within 1 % at every rank', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 7e12, noNaN: true }), { minLength: 1 }), values => {
        const whole = sketchOf(values)
        for (let rank = 1; rank <= values.length; rank++) {
          const q = rank / values.length
          const exact = nearestRank(values, q)
          expect(Math.abs((whole.quantile(q) ?? Number.NaN) - exact)).toBeLessThanOrEqual(exact * 0.01)
        }
      }),
    )
  })

  it('are the same asked for together as one by one', () => {
    const qs = [0, 0.001, 0.25, 0.5, 0.5, 0.95, 1]
    fc.assert(
      fc.property(sketch, whole => {
        expect(whole.quantiles(qs)).toEqual(qs.map(q => whole.quantile(q)))
      }),
    )
  })

  it('do not slip to the next rank by rounding', () => {
    // 0.07 × 100 is 7.000000000000001 in floating point.
    const values = Array.from({ length: 100 }, (_, i) => 1000 * 1.1 ** i)
    expect(sketchOf(values).quantile(0.07)).toBeCloseTo(nearestRank(values, 0.07), -2)
  })

  it('are null without values, and 0 for zeros, negatives and NaN', () => {
    expect(new Sketch().quantile(0.5)).toBeNull()
    const odd = sketchOf([0, -5, Number.NaN, 0.4])
    expect(odd.count).toBe(4)
    expect(odd.quantile(1)).toBe(0)
  })

  it('of durations beyond the last bucket stop there', () => {
    const long = sketchOf([Number.POSITIVE_INFINITY, 1e300])
    expect(long.count).toBe(2)
    expect(long.quantile(0.5)).toBeGreaterThan(7e12)
    expect(long.encode().length).toBeLessThan(10)
  })
})

describe('buckets', () => {
  it('hold every value between their edges', () => {
    fc.assert(
      fc.property(durationUs, value => {
        const found = [...sketchOf([value]).buckets()]
        expect(found).toHaveLength(1)
        const [bucket] = found
        expect(bucket?.count).toBe(1)
        const slack = 1 + 1e-9
        expect((bucket?.lowerUs ?? Number.NaN) <= value * slack).toBe(true)
        expect((bucket?.upperUs ?? Number.NaN) * slack >= value).toBe(true)
      }),
    )
  })
})
