import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { becomes, fakeSpec, testControllers } from '@/lib/testing/controller'
import {
  insertEndpoint,
  insertRevision,
  readEndpoint,
  readEvents,
  readReplicas,
  setDesired,
} from '@/lib/testing/endpoint'
import { FakeProvider } from '@/lib/testing/fake-provider'

const { database, controllers, start } = testControllers()

async function running(provider: FakeProvider, replicas = 1) {
  const id = await insertEndpoint(database.db, fakeSpec({ replicas }))
  const controller = start(provider)
  await becomes(database.db, id, 'running')
  return { id, controller }
}

const intervalsOf = async (id: string) => {
  const found = await database.db.execute<{ state: string; open: boolean; price: number | null }>(sql`
    select state, ended_at is null as open, price_usd_per_hour as price
    from replica_intervals where endpoint_id = ${id} order by id`)
  return found.rows
}

describe('a deployed endpoint', () => {
  it('comes up, with phases as events, one open interval per replica and hardware samples', async () => {
    const provider = new FakeProvider()
    // Long enough to be seen loading, on a busy machine too.
    provider.loadMs = 1_500
    const { id, controller } = await running(provider, 2)
    expect(await readEndpoint(database.db, id)).toMatchObject({
      readyReplicas: 2,
      targetReplicas: 2,
      servingRevision: 1,
      stateMessage: '2 of 2 replicas ready.',
      errorMessage: null,
    })
    const [first] = await readReplicas(database.db, id)
    expect(first).toMatchObject({ name: 'r1-1', state: 'running', address: `http://127.0.0.1/${first?.id}` })
    const told = (await readEvents(database.db, id)).filter(event => event.replicaId === first?.id)
    expect(told.map(event => event.kind)).toEqual(['replicaStarted', 'replicaPhase', 'replicaReady'])
    expect(told[2]?.data).toMatchObject({ from: 'initializing', to: 'running', tookMs: expect.any(Number) })
    const open = (await intervalsOf(id)).filter(each => each.open)
    expect(open).toEqual([
      { state: 'running', open: true, price: 0.5 },
      { state: 'running', open: true, price: 0.5 },
    ])
    const samples = async () => {
      await controller.sampler.flush(database.db)
      const found = await database.db.execute<{ cpu: number; memory: number }>(sql`
        select cpu_mean as cpu, memory_max as memory from hardware_rollups where endpoint_id = ${id}`)
      return found.rows
    }
    await expect.poll(async () => (await samples()).length, { timeout: 5_000 }).toBeGreaterThanOrEqual(2)
    // The fake burns one of two CPUs.
    for (const { cpu, memory } of await samples()) {
      expect(cpu).toBeGreaterThan(0.4)
      expect(cpu).toBeLessThan(0.6)
      expect(memory).toBe(1e9)
    }
  })

  it('opens a new interval when the price changes', async () => {
    const provider = new FakeProvider()
    const { id, controller } = await running(provider)
    await controller.stop({ halt: [] })
    controllers.length = 0
    provider.instanceType = { ...provider.instanceType, priceUsdPerHour: 0.75 }
    start(provider)
    await expect.poll(() => intervalsOf(id)).toContainEqual({ state: 'running', open: true, price: 0.75 })
    expect((await intervalsOf(id)).filter(each => each.open)).toHaveLength(1)
  })

  it('rolls to a new revision, never below the wanted number, and tells it', async () => {
    const provider = new FakeProvider()
    const { id } = await running(provider, 2)
    const ready: number[] = []
    const watch = setInterval(async () => ready.push((await readEndpoint(database.db, id)).readyReplicas), 15)
    await insertRevision(database.db, id, fakeSpec({ replicas: 2, env: { CHANGED: '1' } }))
    await becomes(database.db, id, 'updating')
    await becomes(database.db, id, 'running')
    clearInterval(watch)
    expect(Math.min(...ready)).toBe(2)
    expect((await readEndpoint(database.db, id)).servingRevision).toBe(2)
    const kinds = (await readEvents(database.db, id)).map(event => event.kind)
    expect(kinds.filter(kind => kind.startsWith('rollout'))).toEqual(['rolloutStarted', 'rolloutFinished'])
    await expect.poll(() => provider.living(id).map(each => each.revision)).toEqual([2, 2])
  })

  it('leaves replicas alone when only what the gateway enforces changed', async () => {
    const provider = new FakeProvider()
    const { id } = await running(provider)
    await insertRevision(database.db, id, { ...fakeSpec(), security: { level: 'public' } })
    await expect.poll(async () => (await readEndpoint(database.db, id)).servingRevision).toBe(2)
    expect(provider.starts).toHaveLength(1)
  })

  it('pauses and resumes', async () => {
    const provider = new FakeProvider()
    const { id } = await running(provider)
    await setDesired(database.db, id, 'paused')
    await becomes(database.db, id, 'paused')
    expect(provider.living(id)).toEqual([])
    expect((await intervalsOf(id)).filter(each => each.open)).toEqual([])
    await setDesired(database.db, id, 'present')
    await becomes(database.db, id, 'running')
    expect((await readReplicas(database.db, id)).map(replica => [replica.name, replica.state])).toEqual([
      ['r1-1', 'stopped'],
      ['r1-2', 'running'],
    ])
  })

  it('waits with a drain for the gateways that still have requests on the replica', async () => {
    const provider = new FakeProvider()
    const { id } = await running(provider)
    const [replica] = await readReplicas(database.db, id)
    const beat = (inFlight: number) =>
      database.db.execute(sql`
        insert into processes (id, kind, host, started_at, seen_at, routes_read_at, in_flight)
        values ('g1', 'gateway', 'h', now(), now(), now(), ${JSON.stringify({ [replica?.id ?? '']: inFlight })}::jsonb)
        on conflict (id) do update set seen_at = now(), in_flight = excluded.in_flight`)
    await beat(1)
    await setDesired(database.db, id, 'paused')
    await expect.poll(async () => (await readReplicas(database.db, id))[0]?.state).toBe('draining')
    await new Promise(resolve => setTimeout(resolve, 300))
    expect(provider.living(id)).toHaveLength(1)
    await beat(0)
    await becomes(database.db, id, 'paused')
    await database.db.execute(sql`delete from processes`)
  })
})

describe('a deletion', () => {
  it('removes everything at the provider and says so; the row stays', async () => {
    const provider = new FakeProvider()
    provider.keepsOutput = true
    const { id } = await running(provider)
    await setDesired(database.db, id, 'absent')
    await expect.poll(async () => (await readEndpoint(database.db, id)).removedAt).not.toBeNull()
    expect(provider.of(id)).toEqual([])
    expect(await readEvents(database.db, id, 'removed')).toHaveLength(1)
    expect(await readEndpoint(database.db, id)).toMatchObject({ leaseHolder: null, readyReplicas: 0 })
  })

  it('that the provider refuses is visible and tried again until it is done', async () => {
    const provider = new FakeProvider()
    const { id } = await running(provider)
    let isRefusing = true
    provider.fault = async verb => {
      if (verb === 'remove' && isRefusing) throw new Error('secret inner detail')
    }
    await setDesired(database.db, id, 'absent')
    await expect
      .poll(async () => (await readEndpoint(database.db, id)).errorMessage)
      .toMatch(/^Deleting failed, trying again: The provider failed at “remove”/)
    isRefusing = false
    await expect
      .poll(async () => (await readEndpoint(database.db, id)).removedAt, { timeout: 8_000 })
      .not.toBeNull()
    expect(await readEvents(database.db, id, 'providerError')).toHaveLength(1)
  })
})

describe('an orderly stop', () => {
  it('stops the replicas, changes no intent, and the next start runs them again without a crash', async () => {
    const provider = new FakeProvider()
    const { id, controller } = await running(provider, 2)
    await controller.stop({ halt: ['local'] })
    controllers.length = 0
    expect(provider.living(id)).toEqual([])
    expect(await readEndpoint(database.db, id)).toMatchObject({
      desired: 'present',
      state: 'pending',
      stateMessage: 'Stopped with Slipway; starts again with it.',
      leaseHolder: null,
    })
    expect((await readReplicas(database.db, id)).map(replica => replica.state)).toEqual([
      'stopped',
      'stopped',
    ])
    start(provider)
    await becomes(database.db, id, 'running')
    expect(await readEvents(database.db, id, 'replicaExited')).toEqual([])
    expect(provider.living(id)).toHaveLength(2)
  })
})
