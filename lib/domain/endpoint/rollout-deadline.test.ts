import { describe, expect, it } from 'vitest'
import { RolloutWorld, START_DEADLINE_MS } from '@/lib/testing/rollout-world'

const passes = (world: RolloutWorld, seconds: number) => {
  for (let second = 0; second < seconds; second++) {
    world.pass()
    world.advance(1_000)
  }
}
const gaveUp = (world: RolloutWorld) =>
  world.happenings.flatMap(each => (each.kind === 'gaveUp' ? each.replica : []))

describe('a replica that hangs while it loads', () => {
  it('is given up at the deadline and stopped, with a sentence that says what to do', () => {
    const world = new RolloutWorld(1, 'hangs')
    passes(world, START_DEADLINE_MS / 1_000)
    expect(world.status.state).toBe('initializing')
    world.settle()
    expect(world.status).toMatchObject({ state: 'failed', failedRevision: 1 })
    expect(world.living()).toEqual([])
    expect(world.processes.size).toBe(0)
    expect(world.starts).toHaveLength(1)
    expect(gaveUp(world).map(replica => replica.message)).toEqual([
      expect.stringMatching(
        /nothing has changed for 2 min since “Loading the model.”.*raise SLIPWAY_START_DEADLINE_MINUTES/,
      ),
    ])
  })

  it('has its time again after every sign of progress', () => {
    const world = new RolloutWorld(1, 'hangs')
    passes(world, 100)
    const [process] = world.processes.values()
    world.say(process?.id ?? '', 'Downloading, 50 %')
    passes(world, 100)
    expect(world.status.state).toBe('initializing')
    passes(world, 30)
    expect(world.status.state).toBe('failed')
  })

  it('leaves the revision before it serving', () => {
    const world = new RolloutWorld()
    world.settle()
    world.update({ fate: 'hangs' })
    world.settle()
    expect(world.status).toMatchObject({ state: 'updateFailed', servingRevision: 1, failedRevision: 2 })
    expect(world.ready().map(({ revision }) => revision)).toEqual([1])
  })

  it('is tried anew while another of its kind serves, and the endpoint runs on', () => {
    const world = new RolloutWorld(2)
    world.pass()
    const [first] = world.processes.keys()
    world.fates.set(first ?? '', 'hangs')
    passes(world, START_DEADLINE_MS / 1_000 + 10)
    expect(world.starts).toContain(`${first}#1`)
    expect(world.status.state).toBe('running')
    world.fates.clear()
    world.settle()
    expect(world.ready()).toHaveLength(2)
  })

  it('counts with one that keeps crashing: both are beyond hope', () => {
    const world = new RolloutWorld(2, 'hangs')
    world.pass()
    const [first] = world.processes.keys()
    world.fates.set(first ?? '', 'bad')
    world.settle()
    expect(world.status.state).toBe('failed')
    expect(gaveUp(world)).toHaveLength(2)
  })

  it('that no provider has begun is not blamed on the revision', () => {
    const world = new RolloutWorld(1, 'hangs')
    for (let minute = 0; minute < 10; minute++) {
      world.pass({ diesBeforeApply: true })
      world.nowMs += 60_000
    }
    expect(world.status.state).toBe('initializing')
  })
})
