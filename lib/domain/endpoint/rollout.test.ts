import { describe, expect, it } from 'vitest'
import { RolloutWorld } from '@/lib/testing/rollout-world'
import { MAX_CRASHES } from './rollout-backoff'

const kinds = (world: RolloutWorld) => world.happenings.map(({ kind }) => kind)
const only = <T>(items: readonly T[]): T => {
  const [first] = items
  if (items.length !== 1 || first === undefined) throw new Error(`expected one, got ${items.length}`)
  return first
}

function running(wanted = 1): RolloutWorld {
  const world = new RolloutWorld(wanted)
  world.settle()
  world.happenings = []
  return world
}

describe('a new endpoint', () => {
  it('starts all wanted replicas at once and tells every phase with its time', () => {
    const world = new RolloutWorld(2)
    world.pass()
    expect(world.rows.map(({ name, state }) => [name, state])).toEqual([
      ['r1-1', 'pending'],
      ['r1-2', 'pending'],
    ])
    expect(world.status.state).toBe('initializing')
    world.settle()
    expect(world.status).toMatchObject({ state: 'running', servingRevision: 1, failedRevision: null })
    expect(world.message).toBe('2 of 2 replicas ready.')
    const phases = world.happenings.flatMap(each =>
      each.kind === 'phase' && each.replica.name === 'r1-1'
        ? [[each.from, each.replica.state, each.tookMs]]
        : [],
    )
    expect(phases).toEqual([
      ['pending', 'initializing', 1_000],
      ['initializing', 'running', 3_000],
    ])
  })

  it('is failed, with nothing left running, when every start ends in a crash', () => {
    const world = new RolloutWorld(1, 'bad')
    world.settle()
    expect(world.status).toMatchObject({ state: 'failed', failedRevision: 1, servingRevision: null })
    expect(world.starts).toHaveLength(MAX_CRASHES)
    expect(world.living()).toEqual([])
    expect(kinds(world).filter(kind => kind === 'rolloutFailed')).toHaveLength(1)
    world.settle(100)
    expect(world.starts).toHaveLength(MAX_CRASHES)
  })
})

describe('a crash', () => {
  it('is followed by a restart of the same replica after a pause, and counts as one', () => {
    const world = running()
    const replica = only(world.ready())
    world.advance(120_000)
    world.crash(replica.id, 137)
    world.pass()
    expect(only(world.living())).toMatchObject({ state: 'failed', crashes: 1, attempt: 0, address: null })
    expect(world.status.state).toBe('initializing')
    expect(world.message).toMatch(/^r1-1: It exited with code 137\. Starting again in 1 s/)
    world.settle()
    expect(only(world.ready())).toMatchObject({ id: replica.id, attempt: 1 })
    expect(kinds(world)).toEqual(['exited', 'stateChanged', 'restarted', 'phase', 'phase', 'stateChanged'])
  })

  it('of one of two leaves the endpoint running, and says what is missing', () => {
    const world = running(2)
    world.crash(world.ready()[0]?.id ?? '', 1)
    world.pass()
    expect(world.status.state).toBe('running')
    expect(world.message).toContain('1 of 2 replicas ready. r1-1: It exited with code 1.')
  })

  it('that happened while no controller ran is reported with its own exit', () => {
    const world = running()
    world.crash(only(world.ready()).id, 42)
    world.advance(3_600_000)
    world.pass()
    expect(world.happenings[0]).toMatchObject({ kind: 'exited', exit: { code: 42 } })
    // Its pause is over already.
    expect(kinds(world)).toContain('restarted')
  })
})

describe('an update', () => {
  it('starts one more, drains one old when it is ready, and ends with the new revision serving', () => {
    const world = running(2)
    world.update({})
    world.pass()
    expect(world.status.state).toBe('updating')
    expect(world.living()).toHaveLength(3)
    world.settle()
    expect(world.ready().map(({ name }) => name)).toEqual(['r2-1', 'r2-2'])
    expect(world.status).toMatchObject({ state: 'running', servingRevision: 2 })
    expect(kinds(world).filter(kind => kind.startsWith('rollout'))).toEqual([
      'rolloutStarted',
      'rolloutFinished',
    ])
  })

  it('that does not start leaves the old revision serving, and a fixed one replaces it', () => {
    const world = running(2)
    world.update({ fate: 'bad' })
    world.settle()
    expect(world.status).toMatchObject({ state: 'updateFailed', servingRevision: 1, failedRevision: 2 })
    expect(world.ready().map(({ name }) => name)).toEqual(['r1-1', 'r1-2'])
    expect(world.message).toBe('Revision 2 did not start; revision 1 serves with 2 of 2 replicas ready.')
    world.update({ fate: 'good' })
    world.settle()
    expect(world.status).toMatchObject({ state: 'running', servingRevision: 3, failedRevision: null })
  })

  it('that begins during another goes straight to the newest', () => {
    const world = running(1)
    world.update({})
    world.pass()
    world.advance(1_000)
    world.pass()
    world.update({})
    world.settle()
    expect(world.ready().map(({ name }) => name)).toEqual(['r3-1'])
    expect(world.rows.find(({ revision }) => revision === 2)).toMatchObject({
      readyAtMs: null,
      state: 'stopped',
    })
  })

  it('that changes only the number of replicas restarts none', () => {
    const world = running(1)
    const before = only(world.ready()).id
    world.update({ runtime: 'one', wantedReplicas: 3 })
    world.settle()
    expect(world.ready().map(({ name }) => name)).toEqual(['r1-1', 'r2-1', 'r2-2'])
    world.update({ runtime: 'one', wantedReplicas: 1 })
    world.settle()
    expect(only(world.ready()).id).toBe(before)
    expect(world.status).toMatchObject({ state: 'running', servingRevision: 3 })
  })

  it('keeps the rolled-back revision when a later replica of the new one fails', () => {
    const world = running(2)
    world.update({})
    for (let second = 0; second < 6; second++) {
      world.pass()
      world.advance(1_000)
    }
    const newest = world.revisions.get(2)
    if (newest) newest.fate = 'bad'
    world.settle()
    expect(world.status.state).toBe('updateFailed')
    expect(world.ready().map(({ revision }) => revision)).toEqual([1, 1])
  })
})

describe('leaving', () => {
  it('waits for requests in flight, then stops; a resume starts anew', () => {
    const world = running()
    const { id } = only(world.ready())
    world.inFlight = { [id]: 1 }
    world.desired = 'paused'
    world.settle(10)
    expect(only(world.living()).state).toBe('draining')
    expect(world.message).toBe('Pausing: one replica is finishing requests.')
    world.inFlight = { [id]: 0 }
    world.settle(10)
    expect(world.status.state).toBe('paused')
    expect(world.processes.size).toBe(0)
    world.desired = 'present'
    world.settle()
    expect(world.ready().map(({ name }) => name)).toEqual(['r1-2'])
  })

  it('takes a minute at most, whatever is in flight', () => {
    const world = running()
    world.inFlight = { [only(world.ready()).id]: 7 }
    world.desired = 'absent'
    world.settle(58)
    expect(world.processes.size).toBe(1)
    world.settle(10)
    expect(world.living()).toEqual([])
  })

  it('of a crashed replica needs no drain and no restart', () => {
    const world = running()
    world.crash(only(world.ready()).id, 1)
    world.pass()
    world.desired = 'paused'
    world.settle(5)
    expect(world.status.state).toBe('paused')
    expect(world.starts).toHaveLength(1)
  })

  it('clears a failure, so that a resume tries again', () => {
    const world = new RolloutWorld(1, 'bad')
    world.settle()
    world.desired = 'paused'
    world.pass()
    world.desired = 'present'
    const newest = world.revisions.get(1)
    if (newest) newest.fate = 'good'
    world.settle()
    expect(world.status).toMatchObject({ state: 'running', failedRevision: null })
  })
})

describe('when Slipway stops', () => {
  it('all replicas stop at once, and the next start runs the same revision again without calling it a crash', () => {
    const world = running(2)
    world.inFlight = Object.fromEntries(world.ready().map(({ id }) => [id, 3]))
    world.isHalting = true
    world.settle(5)
    expect(world.processes.size).toBe(0)
    expect(world.status).toMatchObject({ state: 'pending', servingRevision: 1 })
    expect(kinds(world)).not.toContain('exited')
    world.isHalting = false
    world.settle()
    expect(world.ready().map(({ name, crashes }) => [name, crashes])).toEqual([
      ['r1-3', 0],
      ['r1-4', 0],
    ])
  })

  it('a failed update is still failed after the next start, and the old revision serves again', () => {
    const world = running()
    world.update({ fate: 'bad' })
    world.settle()
    world.isHalting = true
    world.settle(5)
    world.isHalting = false
    world.settle()
    expect(world.status).toMatchObject({ state: 'updateFailed', failedRevision: 2 })
    expect(world.ready().map(({ revision }) => revision)).toEqual([1])
  })

  it('a failed endpoint stays failed', () => {
    const world = new RolloutWorld(1, 'bad')
    world.settle()
    world.isHalting = true
    world.settle(5)
    world.isHalting = false
    world.settle(100)
    expect(world.status.state).toBe('failed')
    expect(world.starts).toHaveLength(MAX_CRASHES)
  })
})

describe('a controller killed between its writes and the provider', () => {
  it('goes on from what it wrote', () => {
    const world = new RolloutWorld()
    world.pass({ diesBeforeApply: true })
    expect(world.starts).toEqual([])
    world.settle()
    expect(world.starts).toHaveLength(1)
    expect(world.status.state).toBe('running')
  })
})
