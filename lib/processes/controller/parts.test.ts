import { describe, expect, it } from 'vitest'
import type { Replica } from '@/lib/domain/endpoint/rollout-types'
import { intervalChanges, type OpenInterval, type Pricing } from './intervals'
import { presentable } from './last-lines'
import { createLimit } from './limit'
import { startLoop } from './loop'
import { controllerId, isDeadHere } from './process-id'

const replica = (change: Partial<Replica>): Replica => ({
  id: 'a',
  name: 'r1-1',
  revision: 1,
  state: 'running',
  message: '',
  address: null,
  attempt: 0,
  crashes: 0,
  createdAtMs: 1_000,
  attemptStartedAtMs: 1_000,
  progressedAtMs: 1_000,
  readyAtMs: null,
  drainingAtMs: null,
  stoppedAtMs: null,
  exit: null,
  ...change,
})
const open: OpenInterval = {
  id: 1,
  replicaId: 'a',
  state: 'running',
  startedAtMs: 2_000,
  instanceType: 'x1',
  priceUsdPerHour: 2,
}
const pricing = (priceUsdPerHour: number | null) => (): Pricing => ({
  instanceType: 'x1',
  priceUsdPerHour,
  freeStates: ['failed'],
})
const exit = (atMs: number) => ({
  code: 1,
  signal: null,
  outOfMemory: false,
  at: new Date(atMs).toISOString(),
})

describe('intervals', () => {
  it('stay as they are while nothing changes', () => {
    expect(intervalChanges([replica({})], [open], pricing(2), 9_000)).toEqual({ close: [], open: [] })
  })

  it('end when the process ended, not when it was noticed, and a waiting replica costs nothing', () => {
    const crashed = replica({ state: 'failed', exit: exit(5_000) })
    expect(intervalChanges([crashed], [open], pricing(2), 9_000)).toEqual({
      close: [{ id: 1, endedAtMs: 5_000 }],
      open: [{ replicaId: 'a', state: 'failed', startedAtMs: 5_000, instanceType: 'x1', priceUsdPerHour: 0 }],
    })
    expect(intervalChanges([crashed], [open], pricing(null), 9_000).open[0]?.priceUsdPerHour).toBeNull()
  })

  it('do not end by the exit of an attempt before, nor before they began', () => {
    const stopped = replica({ state: 'stopped', stoppedAtMs: 9_000, exit: exit(500) })
    expect(intervalChanges([stopped], [open], pricing(2), 9_000).close).toEqual([{ id: 1, endedAtMs: 9_000 }])
    const early = replica({ state: 'stopped', stoppedAtMs: 9_000, exit: exit(1_500) })
    expect(intervalChanges([early], [open], pricing(2), 9_000).close).toEqual([{ id: 1, endedAtMs: 2_000 }])
  })

  it('go on as draining until the provider confirms the end', () => {
    const changes = intervalChanges([replica({ state: 'stopped' })], [open], pricing(2), 9_000)
    expect(changes.open).toMatchObject([{ state: 'draining', startedAtMs: 9_000 }])
  })
})

describe('last lines', () => {
  it('show no secrets, colours or control characters, and are cut', () => {
    expect(presentable('\u001b[31mkey=abcd1234\u001b[0m\u0007 ok\r', ['abcd1234'])).toBe('key=[redacted] ok')
    expect(presentable('a b', ['b'])).toBe('a b')
    expect(presentable('x'.repeat(1000), [])).toHaveLength(401)
  })
})

describe('a limit', () => {
  it('runs no more than it says, and all of them, whatever fails', async () => {
    const limited = createLimit(2)
    let running = 0
    let most = 0
    const work = async (fails: boolean) => {
      most = Math.max(most, ++running)
      await new Promise(resolve => setTimeout(resolve, 2))
      running -= 1
      if (fails) throw new Error('no')
    }
    const all = Array.from({ length: 9 }, (_, index) => limited(() => work(index % 3 === 0)))
    const results = await Promise.allSettled(all)
    expect(most).toBe(2)
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3)
  })
})

describe('a loop', () => {
  it('never overlaps itself, and a wake during a run means one more run', async () => {
    let runs = 0
    let isRunning = false
    const loop = startLoop(async () => {
      expect(isRunning).toBe(false)
      isRunning = true
      runs += 1
      await new Promise(resolve => setTimeout(resolve, 5))
      isRunning = false
      return 60_000
    })
    loop.wake()
    loop.wake()
    await expect.poll(() => runs).toBe(2)
    await loop.stop()
    loop.wake()
    expect(runs).toBe(2)
  })
})

describe('a controller’s name', () => {
  it('says whether that very process is alive, on this machine only', () => {
    const self = controllerId()
    expect(isDeadHere(self)).toBe(false)
    expect(isDeadHere(self.replace(/[0-9a-f]{10}$/, '0123456789'))).toBe(true)
    const elsewhere = self.replace(/-[0-9a-f]{10}-(\d+)-[0-9a-f]{10}$/, '-0123456789-$1-0123456789')
    expect(isDeadHere(elsewhere)).toBe(false)
    expect(isDeadHere('somebody')).toBe(false)
  })
})
