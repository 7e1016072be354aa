import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Fate, RolloutWorld } from '@/lib/testing/rollout-world'

vi.setConfig({ testTimeout: 30_000 })

type Deed =
  | { kind: 'wait'; ms: number }
  | { kind: 'crash' | 'vanish'; pick: number }
  | { kind: 'update'; fate: Fate; wanted: number; isSameRuntime: boolean }
  | { kind: 'desire'; desired: 'present' | 'paused' }
  | { kind: 'request'; pick: number; count: number }
  | { kind: 'controllerDies' }

const wait = fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 100, max: 20_000 }) })
const fault = fc.record({ kind: fc.constantFrom('crash' as const, 'vanish' as const), pick: fc.nat(9) })
const update = fc.record({
  kind: fc.constant('update' as const),
  fate: fc.constantFrom('good' as const, 'bad' as const, 'hangs' as const),
  wanted: fc.integer({ min: 1, max: 4 }),
  isSameRuntime: fc.boolean(),
})
const desire = fc.record({
  kind: fc.constant('desire' as const),
  desired: fc.constantFrom('present' as const, 'paused' as const),
})
const request = fc.record({ kind: fc.constant('request' as const), pick: fc.nat(9), count: fc.nat(2) })
const death = fc.record({ kind: fc.constant('controllerDies' as const) })
const deeds = fc.array(
  fc.oneof({ weight: 6, arbitrary: wait }, { weight: 2, arbitrary: fault }, update, desire, request, death),
  { maxLength: 60 },
)

function perform(world: RolloutWorld, deed: Deed): void {
  const ids = [...world.processes.keys()]
  switch (deed.kind) {
    case 'wait':
      world.advance(deed.ms)
      return
    case 'crash':
      world.crash(ids[deed.pick % ids.length] ?? '', 137)
      return
    case 'vanish':
      world.vanish(ids[deed.pick % ids.length] ?? '')
      return
    case 'update': {
      const before = world.revisions.get(world.revision)
      const kept = deed.isSameRuntime && before ? { runtime: before.runtime, fate: before.fate } : {}
      world.update({ fate: deed.fate, wantedReplicas: deed.wanted, ...kept })
      return
    }
    case 'desire':
      world.desired = deed.desired
      return
    case 'request':
      world.inFlight = { [ids[deed.pick % ids.length] ?? 'none']: deed.count }
      return
    case 'controllerDies':
      world.pass({ diesBeforeApply: true })
      return
  }
}

/** One pass, checked: what may never happen whatever came before. */
function checkedPass(world: RolloutWorld): void {
  const wantedBefore = Math.max(
    1,
    ...[...world.revisions.values()].map(({ wantedReplicas }) => wantedReplicas),
  )
  const from = world.happenings.length
  world.pass()
  const happened = world.happenings.slice(from)
  const ready = world.ready().length
  const drained = happened.filter(({ kind }) => kind === 'draining').length
  const wanted = Math.min(
    world.wanted(),
    world.revisions.get(world.status.servingRevision ?? 0)?.wantedReplicas ?? 99,
  )
  if (world.desired === 'present' && drained > 0) expect(ready).toBeGreaterThanOrEqual(wanted)
  expect(world.living().length).toBeLessThanOrEqual(wantedBefore + 1)
  expect(new Set(world.starts).size).toBe(world.starts.length)
  expect(new Set(world.rows.map(({ name }) => name)).size).toBe(world.rows.length)
}

describe('whatever happens in whatever order', () => {
  it('nothing is started twice, no drain takes more than can be spared, and it converges', () => {
    fc.assert(
      fc.property(deeds, fc.integer({ min: 1, max: 3 }), (history, wanted) => {
        const world = new RolloutWorld(wanted)
        for (const deed of history) {
          perform(world, deed)
          checkedPass(world)
        }
        world.desired = 'present'
        world.inFlight = {}
        for (let second = 0; second < 900 && !(second > 2 && world.isSettled); second++) {
          checkedPass(world)
          world.advance(1_000)
        }
        expect(world.isSettled).toBe(true)
        const newest = world.revisions.get(world.revision)
        const { state, servingRevision } = world.status
        expect(world.living().length).toBe(world.ready().length)
        if (state === 'running') {
          expect(newest?.fate).toBe('good')
          expect(world.ready().length).toBe(world.wanted())
        } else if (state === 'updateFailed') {
          expect(newest?.fate).not.toBe('good')
          expect(world.revisions.get(servingRevision ?? 0)?.fate).toBe('good')
          expect(world.ready().length).toBe(world.revisions.get(servingRevision ?? 0)?.wantedReplicas)
        } else {
          expect(state).toBe('failed')
          expect(world.living()).toEqual([])
        }
      }),
      { numRuns: 150 },
    )
  })

  it('an update of a healthy endpoint never has fewer ready replicas than wanted', () => {
    const waits = fc.array(fc.integer({ min: 50, max: 4_000 }), { minLength: 40, maxLength: 120 })
    fc.assert(
      fc.property(
        waits,
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.nat(5),
        (pauses, wanted, isGood, busy) => {
          const world = new RolloutWorld(wanted)
          world.settle(20)
          expect(world.ready().length).toBe(wanted)
          world.update({ fate: isGood ? 'good' : 'bad' })
          for (const [index, ms] of pauses.entries()) {
            world.inFlight = Object.fromEntries(
              [...world.processes.keys()].map(id => [id, index % 7 < busy ? 1 : 0]),
            )
            world.pass()
            expect(world.ready().length).toBeGreaterThanOrEqual(wanted)
            world.advance(ms)
          }
          world.inFlight = {}
          world.settle(120 * wanted)
          expect(world.status.state).toBe(isGood ? 'running' : 'updateFailed')
          expect(world.ready().map(({ revision }) => revision)).toEqual(Array(wanted).fill(isGood ? 2 : 1))
        },
      ),
      { numRuns: 60 },
    )
  })
})
