import { describe, expect, it } from 'vitest'
import { RateLimit } from './rate-limit'

describe('a rate limit', () => {
  it('lets a burst pass, refuses the flood, and recovers steadily', () => {
    const limit = new RateLimit(3, 1)
    const taken = Array.from({ length: 5 }, () => limit.take('a', 0))
    expect(taken).toEqual([0, 0, 0, 2_000, 2_000])
    expect(limit.take('b', 0)).toBe(0)
    expect(limit.take('a', 500)).toBeGreaterThan(0)
    expect(limit.take('a', 2_500)).toBe(0)
  })

  it('forgets the longest unseen key when there are too many', () => {
    const limit = new RateLimit(1, 0, 2)
    expect(limit.take('a', 0)).toBe(0)
    limit.take('b', 0)
    limit.take('c', 0)
    expect(limit.take('a', 0)).toBe(0)
  })
})
