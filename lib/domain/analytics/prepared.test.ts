import { describe, expect, it } from 'vitest'
import { frameOf } from './prepared'

describe('the unfinished bucket', () => {
  const data = { fromMs: 0, toMs: 30_000, stepSeconds: 10, count: 3 }
  it('is the last one while now lies in it, and none in a past window', () => {
    expect(frameOf({ ...data, nowMs: 29_999 }).unfinishedMs).toBe(20_000)
    expect(frameOf({ ...data, nowMs: 30_000 }).unfinishedMs).toBeNull()
  })
})
