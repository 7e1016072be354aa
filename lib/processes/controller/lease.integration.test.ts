import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { becomes, fakeSpec, testControllers } from '@/lib/testing/controller'
import { insertEndpoint, readEndpoint, readEvents, readReplicas, setDesired } from '@/lib/testing/endpoint'
import { FakeProvider } from '@/lib/testing/fake-provider'
import { claimLeases, LeaseLost, releaseLeases, renewLeases, underLease } from './lease'
import { controllerId } from './process-id'
import { survey } from './survey'

const { database, controllers, start } = testControllers()

const claim = (holder: string, deadHolders: string[] = [], ttlMs = 10_000) =>
  claimLeases(database.db, { holder, ttlMs, deadHolders })

describe('a lease', () => {
  it('is taken by one of several that try at once', async () => {
    const id = await insertEndpoint(database.db, fakeSpec())
    const taken = await Promise.all(Array.from({ length: 8 }, (_, index) => claim(`holder-${index}`)))
    expect(taken.flat()).toEqual([{ endpointId: id, epoch: 1 }])
  })

  it('is free again when it runs out, is given back, or its holder is known to be dead', async () => {
    await insertEndpoint(database.db, fakeSpec())
    const [first] = await claim('a', [], 1)
    await new Promise(resolve => setTimeout(resolve, 20))
    const [second] = await claim('b')
    expect(second?.epoch).toBe((first?.epoch ?? 0) + 1)
    expect(await claim('c')).toEqual([])
    const third = await claim('c', ['b'])
    expect(third).toHaveLength(1)
    await releaseLeases(database.db, third)
    expect(await claim('d')).toHaveLength(1)
  })

  it('of an older epoch can neither be renewed nor given back, and writes nothing', async () => {
    const id = await insertEndpoint(database.db, fakeSpec())
    const [old] = await claim('a')
    const [current] = await claim('b', ['a'])
    if (!old || !current) throw new Error('no leases')
    const before = await readEndpoint(database.db, id)
    await renewLeases(database.db, 'a', 3_600_000)
    await releaseLeases(database.db, [old])
    expect(await readEndpoint(database.db, id)).toEqual(before)
    await renewLeases(database.db, 'b', 3_600_000)
    const after = (await readEndpoint(database.db, id)).leaseExpiresAt?.getTime() ?? 0
    expect(after - (before.leaseExpiresAt?.getTime() ?? 0)).toBeGreaterThan(3_000_000)
    const write = underLease(database.db, old, 10_000, tx =>
      tx.execute(sql`update endpoints set state_message = 'written by the loser'`),
    )
    await expect(write).rejects.toThrow(LeaseLost)
    expect((await readEndpoint(database.db, id)).stateMessage).toBe('')
  })

  it('of a process of this machine that is gone is taken over at once', async () => {
    await insertEndpoint(database.db, fakeSpec())
    // This very process under another start time: what a reused pid looks like.
    const gone = controllerId().replace(/[0-9a-f]{10}$/, '0123456789')
    await claim(gone)
    const found = await survey(database.db, { holder: 'b', ttlMs: 10_000, renews: true })
    expect(found).toHaveLength(1)
    await claim(controllerId(), ['b'])
    expect(await survey(database.db, { holder: 'c', ttlMs: 10_000, renews: true })).toEqual([])
  })
})

describe('two controllers', () => {
  it('start nothing twice, and one goes on when the other gives up its leases', async () => {
    const provider = new FakeProvider()
    const ids = await Promise.all(Array.from({ length: 6 }, () => insertEndpoint(database.db, fakeSpec())))
    const [first, second] = [start(provider), start(provider)]
    for (const id of ids) await becomes(database.db, id, 'running')
    expect(provider.starts).toHaveLength(ids.length)
    expect(new Set(provider.starts).size).toBe(ids.length)
    const holder = first.held().length > 0 ? first : second
    controllers.splice(controllers.indexOf(holder), 1)
    await holder.stop({ halt: [] })
    for (const id of ids) await setDesired(database.db, id, 'paused')
    for (const id of ids) await becomes(database.db, id, 'paused')
    expect(new Set(provider.starts).size).toBe(ids.length)
  })

  it('one that was stalled over the end of its lease writes nothing and starts nothing', async () => {
    const provider = new FakeProvider()
    const id = await insertEndpoint(database.db, fakeSpec())
    let wake = () => {}
    const asleep = new Promise<void>(resolve => {
      wake = resolve
    })
    let hasLooked = () => {}
    const looked = new Promise<void>(resolve => {
      hasLooked = resolve
    })
    provider.fault = async verb => {
      if (verb !== 'observe') return
      hasLooked()
      await asleep
    }
    start(provider)
    await looked
    // Meanwhile somebody else took over, and moved it on.
    await database.db.execute(sql`
      update endpoints set lease_holder = 'other', lease_epoch = lease_epoch + 1,
        lease_expires_at = now() + interval '1 hour', state_message = 'by the other' where id = ${id}`)
    wake()
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(provider.starts).toEqual([])
    expect(await readReplicas(database.db, id)).toEqual([])
    expect(await readEvents(database.db, id)).toEqual([])
    expect((await readEndpoint(database.db, id)).stateMessage).toBe('by the other')
  })
})
