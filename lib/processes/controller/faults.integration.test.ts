import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { ProviderError } from '@/lib/server/providers/port'
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

const { database, start } = testControllers()

describe('a replica that never becomes ready', () => {
  it('is stopped at the start deadline, and the endpoint fails with what to do and its last lines', async () => {
    const provider = new FakeProvider()
    provider.loadMs = Number.POSITIVE_INFINITY
    provider.output = ['mapping the weights']
    const id = await insertEndpoint(database.db, fakeSpec())
    start(provider, { startDeadlineMs: 400 })
    await becomes(database.db, id, 'initializing')
    await becomes(database.db, id, 'failed')
    const { errorMessage } = await readEndpoint(database.db, id)
    expect(errorMessage).toMatch(
      /^r1-1: It did not become ready: .* since “Loading\.” .*SLIPWAY_START_DEADLINE/,
    )
    expect(errorMessage).toContain('Its last lines:\nmapping the weights')
    await expect.poll(() => provider.of(id)).toEqual([])
    await expect.poll(async () => (await readReplicas(database.db, id))[0]?.stoppedAt).not.toBeNull()
    expect(await readEvents(database.db, id, 'rolloutFailed')).toHaveLength(1)
    expect(provider.starts).toHaveLength(1)
  })
})

describe('a crash', () => {
  it('is told with its reason and followed by a restart of the same replica', async () => {
    const provider = new FakeProvider()
    const id = await insertEndpoint(database.db, fakeSpec())
    start(provider)
    await becomes(database.db, id, 'running')
    const [replica] = await readReplicas(database.db, id)
    provider.crash(replica?.id ?? '', { code: null, signal: 'SIGKILL', outOfMemory: true })
    await expect
      .poll(async () => (await readReplicas(database.db, id))[0]?.restarts, { timeout: 5_000 })
      .toBe(1)
    await becomes(database.db, id, 'running')
    const [exited] = await readEvents(database.db, id, 'replicaExited')
    expect(exited?.message).toBe('r1-1: It ran out of memory and was stopped.')
    expect(exited?.data).toMatchObject({ exit: { signal: 'SIGKILL', outOfMemory: true }, crashes: 1 })
    expect(provider.starts).toEqual([`${replica?.id}#0`, `${replica?.id}#1`])
  })

  it('loop ends in `failed` with the last lines, without secrets', async () => {
    const provider = new FakeProvider()
    provider.isBroken = () => true
    provider.output = [
      'first',
      ...Array.from({ length: 9 }, (_, n) => `line ${n}`),
      'key=\u001b[31mhunter2hunter2\u001b[0m',
    ]
    const id = await insertEndpoint(database.db, fakeSpec(), { KEY: 'hunter2hunter2' })
    start(provider)
    await becomes(database.db, id, 'failed', 40_000)
    const { errorMessage } = await readEndpoint(database.db, id)
    expect(errorMessage).toMatch(
      /^r1-1: It exited with code 1\. It ended 5 times in a row\. Its last lines:\nline 0\n/,
    )
    expect(errorMessage).toMatch(/line 8\nkey=\[redacted\]$/)
    const [failed] = await readEvents(database.db, id, 'rolloutFailed')
    expect(failed?.message).toContain('line 8\nkey=[redacted]')
    expect(provider.starts).toHaveLength(5)
    expect(provider.living(id)).toEqual([])
  })

  it('loop of a new revision leaves the old one serving', async () => {
    const provider = new FakeProvider()
    provider.isBroken = ({ revision }) => revision === 2
    const id = await insertEndpoint(database.db, fakeSpec())
    start(provider)
    await becomes(database.db, id, 'running')
    const [before] = await readReplicas(database.db, id)
    await insertRevision(database.db, id, fakeSpec({ env: { A: '2' } }))
    await becomes(database.db, id, 'updateFailed', 40_000)
    expect(provider.living(id).map(each => each.id)).toEqual([before?.id])
    expect(await readEndpoint(database.db, id)).toMatchObject({ servingRevision: 1, readyReplicas: 1 })
    await insertRevision(database.db, id, fakeSpec({ env: { A: '3' } }))
    await becomes(database.db, id, 'running')
    expect(await readEndpoint(database.db, id)).toMatchObject({ servingRevision: 3, errorMessage: null })
  })
})

describe('a provider', () => {
  it('that hangs for one endpoint does not hold up another, even where passes run one at a time', async () => {
    const provider = new FakeProvider()
    const stuck = await insertEndpoint(database.db, fakeSpec())
    const free = await insertEndpoint(database.db, fakeSpec())
    let letGo = () => {}
    const hanging = new Promise<void>(resolve => {
      letGo = resolve
    })
    provider.fault = (_, endpointId) => (endpointId === stuck ? hanging : Promise.resolve())
    start(provider, { providerTimeoutMs: 60_000, concurrency: 1 })
    await becomes(database.db, free, 'running')
    expect((await readEndpoint(database.db, stuck)).state).toBe('pending')
    letGo()
  })

  it('that does not answer is told once', async () => {
    const provider = new FakeProvider()
    const id = await insertEndpoint(database.db, fakeSpec())
    provider.fault = () => new Promise(() => {})
    start(provider, { providerTimeoutMs: 100 })
    await expect
      .poll(async () => (await readEndpoint(database.db, id)).errorMessage, { timeout: 10_000 })
      .toBe('The provider has not answered “observe”; trying again.')
    await new Promise(resolve => setTimeout(resolve, 1_500))
    expect(await readEvents(database.db, id, 'providerError')).toHaveLength(1)
  })

  it('that refuses is told once, with what to do, and forgotten when it works again', async () => {
    const provider = new FakeProvider()
    let isRefusing = true
    provider.fault = async verb => {
      if (verb === 'apply' && isRefusing)
        throw new ProviderError('capacity', 'No room: pause another endpoint.')
    }
    const id = await insertEndpoint(database.db, fakeSpec())
    start(provider)
    await expect
      .poll(async () => (await readEndpoint(database.db, id)).errorMessage)
      .toBe('No room: pause another endpoint.')
    await new Promise(resolve => setTimeout(resolve, 1_500))
    expect(await readEvents(database.db, id, 'providerError')).toHaveLength(1)
    isRefusing = false
    await becomes(database.db, id, 'running')
    await expect.poll(async () => (await readEndpoint(database.db, id)).errorMessage).toBeNull()
    expect(provider.starts).toHaveLength(1)
  })

  it('that runs something no row knows has it stopped', async () => {
    const provider = new FakeProvider()
    const id = await insertEndpoint(database.db, fakeSpec())
    const orphan = {
      endpointId: id,
      id: randomUUID(),
      attempt: 0,
      revision: 1,
      startedAtMs: 0,
      exit: null,
      secrets: {},
    }
    provider.processes.set(orphan.id, orphan)
    start(provider)
    await becomes(database.db, id, 'running')
    expect(provider.living(id).map(each => each.id)).not.toContain(orphan.id)
  })

  it('that runs an endpoint no row knows has it stopped', async () => {
    const provider = new FakeProvider()
    const endpointId = randomUUID()
    provider.processes.set('a', {
      endpointId,
      id: 'a',
      attempt: 0,
      revision: 1,
      startedAtMs: 0,
      exit: null,
      secrets: {},
    })
    start(provider)
    await expect.poll(() => provider.living(endpointId)).toEqual([])
  })

  it('that lost a replica without a trace has it started again', async () => {
    const provider = new FakeProvider()
    const id = await insertEndpoint(database.db, fakeSpec())
    start(provider)
    await becomes(database.db, id, 'running')
    provider.processes.clear()
    await expect
      .poll(async () => (await readReplicas(database.db, id))[0]?.restarts, { timeout: 5_000 })
      .toBe(1)
    const [exited] = await readEvents(database.db, id, 'replicaExited')
    expect(exited?.message).toBe('r1-1: It disappeared without an exit status.')
  })
})

describe('a database', () => {
  it('that drops every connection again and again is waited for', async () => {
    const provider = new FakeProvider()
    const id = await insertEndpoint(database.db, fakeSpec())
    start(provider)
    await becomes(database.db, id, 'running')
    const admin = new pg.Client({ connectionString: database.url })
    await admin.connect()
    for (let round = 0; round < 20; round++) {
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`)
      await new Promise(resolve => setTimeout(resolve, 40))
    }
    await admin.end()
    await setDesired(database.db, id, 'paused')
    await becomes(database.db, id, 'paused')
    expect(provider.starts).toHaveLength(1)
  })
})

describe('a spec that cannot be read', () => {
  it('is said on the endpoint', async () => {
    const id = await insertEndpoint(database.db, fakeSpec())
    await database.db.execute(sql`update revisions set spec = '{}'::jsonb where endpoint_id = ${id}`)
    start(new FakeProvider())
    await expect
      .poll(async () => (await readEndpoint(database.db, id)).errorMessage)
      .toMatch(/^Revision 1 cannot be read/)
  })
})
