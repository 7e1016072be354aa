import { describe, expect, it } from 'vitest'
import { RolloutWorld } from '@/lib/testing/rollout-world'
import { backoffMs, crashesAfterExit, STABLE_MS } from './rollout-backoff'
import { isDrained } from './rollout-drain'
import { describeExit } from './rollout-exit'
import type { Replica } from './rollout-types'

function someReplica(change: Partial<Replica>): Replica {
  const world = new RolloutWorld()
  world.settle()
  const [replica] = world.rows
  if (!replica) throw new Error('no replica')
  return { ...replica, ...change }
}

describe('backoff', () => {
  it('doubles up to a minute, half of it jitter, the same for the same replica', () => {
    for (const [crashes, fullMs] of [
      [1, 1_000],
      [2, 2_000],
      [4, 8_000],
      [7, 60_000],
      [40, 60_000],
    ] as const) {
      const ms = backoffMs(crashes, 'a')
      expect(ms).toBeGreaterThanOrEqual(fullMs / 2)
      expect(ms).toBeLessThanOrEqual(fullMs)
      expect(ms).toBe(backoffMs(crashes, 'a'))
    }
    expect(
      new Set(Array.from({ length: 20 }, (_, index) => backoffMs(5, `replica-${index}`))).size,
    ).toBeGreaterThan(15)
  })

  it('begins anew after a good run, not after a long start', () => {
    const ranWell = someReplica({ crashes: 3, attemptStartedAtMs: 0, readyAtMs: 10 })
    expect(crashesAfterExit(ranWell, 10 + STABLE_MS)).toBe(1)
    expect(crashesAfterExit(ranWell, 10 + STABLE_MS - 1)).toBe(4)
    const loadedLong = someReplica({ crashes: 3, attemptStartedAtMs: 100, readyAtMs: 10 })
    expect(crashesAfterExit(loadedLong, 100 + 10 * STABLE_MS)).toBe(4)
  })
})

describe('draining', () => {
  const replica = someReplica({ id: 'a', state: 'draining', drainingAtMs: 10_000 })
  const gateway = (routesReadAtMs: number | null, inFlight: Record<string, number> = {}) => ({
    id: 'g',
    routesReadAtMs,
    inFlight,
  })

  it('ends when every gateway knows of it and has nothing on it', () => {
    expect(isDrained(replica, [], 10_000)).toBe(true)
    expect(isDrained(replica, [gateway(11_000)], 12_000)).toBe(true)
    expect(isDrained(replica, [gateway(10_100, { a: 0 })], 12_000)).toBe(true)
    expect(isDrained(replica, [gateway(11_000), gateway(11_000, { a: 1 })], 12_000)).toBe(false)
  })

  it('waits for a gateway whose routes may be from before', () => {
    expect(isDrained(replica, [gateway(9_000)], 12_000)).toBe(false)
    expect(isDrained(replica, [gateway(10_100)], 12_000)).toBe(false)
    expect(isDrained(replica, [gateway(null)], 12_000)).toBe(false)
    expect(isDrained(replica, [gateway(null)], 70_000)).toBe(true)
  })
})

describe('exits', () => {
  it('are told as what happened', () => {
    const exit = { code: null, signal: null, outOfMemory: false, at: '2026-01-01T00:00:00Z' }
    expect(describeExit({ ...exit, outOfMemory: true, signal: 'SIGKILL' })).toBe(
      'ran out of memory and was stopped',
    )
    expect(describeExit({ ...exit, signal: 'SIGSEGV' })).toBe('was killed by SIGSEGV')
    expect(describeExit({ ...exit, code: 3 })).toBe('exited with code 3')
    expect(describeExit({ ...exit, code: 0 })).toContain('although nobody asked')
    expect(describeExit(exit)).toContain('without an exit status')
    expect(describeExit(null)).toBe('ended')
  })
})
