import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { createEndpoint } from '@/lib/server/services/endpoints/create-endpoint'
import { keepTheirs } from '@/lib/server/services/endpoints/keep-theirs'
import { listEvents } from '@/lib/server/services/endpoints/list-events'
import { listRevisions } from '@/lib/server/services/endpoints/list-revisions'
import { pauseEndpoint } from '@/lib/server/services/endpoints/pause-endpoint'
import { restoreOurs } from '@/lib/server/services/endpoints/restore-ours'
import { makePerson } from '@/lib/testing/access'
import { type ConnectedPortal, startConnectedPortal } from '@/lib/testing/connected-portal'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { type Call, firstCalls } from '@/lib/testing/fault-proxy'
import { hubSpec } from '@/lib/testing/hub-spec'
import { WAIT } from '@/lib/testing/portal'
import { expectOk } from '@/lib/testing/specs'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
const TIME = 120_000

let portal: ConnectedPortal
beforeAll(async () => {
  portal = await startConnectedPortal(test)
})
afterEach(() => portal.faults.reset())
afterAll(() => portal?.stop())

const refOf = (name: string) => portal.ref(name)
const look = (name: string) => portal.look(name)
const sentence = async (name: string) => (await look(name)).drift?.sentence ?? null
const becomes = (name: string, state: string) => portal.becomes(name, state)
const kinds = async (name: string) =>
  expectOk(await listEvents(portal.owner.ctx, { ...refOf(name), limit: 50 })).items.map(({ kind }) => kind)

/** What was wanted was seen reached: from here on a difference was not made by us. */
const settles = (name: string) =>
  expect
    .poll(async () => {
      const rows = await test.db
        .select()
        .from(endpoints)
        .where(eq(endpoints.id, (await look(name)).id))
      return rows[0]?.settled?.isRestoring
    }, WAIT)
    .toBe(false)

/** As somebody with the account's own console. */
async function outside(method: string, name: string, verb = '', body?: object) {
  const { elsewhere } = portal
  const { id } = await look(name)
  if (method !== 'GET') await settles(name)
  const url = `${elsewhere.url}/v2/endpoint/${elsewhere.team.slug}/${name}-${id.slice(0, 8)}${verb}`
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${await elsewhere.token('write')}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(answer.status).toBeLessThan(300)
  return answer.status === 204 ? null : ((await answer.json()) as Record<string, unknown>)
}

const rescale = (name: string, replicas: number) =>
  outside('PUT', name, '', { compute: { scaling: { minReplica: replicas, maxReplica: replicas } } })

const there = () =>
  portal.elsewhere.db.$count(
    endpoints,
    and(isNull(endpoints.removedAt), eq(endpoints.teamId, portal.elsewhere.team.id)),
  )

/** Calls that change something at the provider. */
const changing = () => portal.faults.calls.filter(call => !call.startsWith('GET'))

async function resolve(name: string, verb: typeof keepTheirs) {
  const since = (await look(name)).drift?.since
  if (!since) throw new Error('nothing to resolve')
  return verb(portal.owner.ctx, { ...refOf(name), since })
}

async function create(name: string) {
  const { secretNames: _, ...spec } = hubSpec({ GREETING: 'one' }, portal.connectionId)
  const wanted = { team: portal.team.slug, name, spec, secrets: {}, sentType: null }
  const made = expectOk(await createEndpoint(portal.owner.ctx, wanted))
  await becomes(name, 'running')
  return made
}

/** Two looks of the controller and more: what would have been done by now was done. */
async function severalLooks() {
  const looks = () => portal.faults.calls.filter(call => call.startsWith('GET')).length
  const before = looks()
  await expect.poll(looks, WAIT).toBeGreaterThan(before + 8)
}

describe('settings that were changed outside', () => {
  it(
    'are said and left alone, kept without a call, and put back though the answer is lost',
    async () => {
      await create('changed')
      await rescale('changed', 2)
      await expect
        .poll(() => sentence('changed'), WAIT)
        .toBe('Changed outside Slipway: 2 replicas there, 1 here.')
      expect(await kinds('changed')).toContain('driftFound')
      portal.faults.reset()
      await severalLooks()
      expect(changing()).toEqual([])

      const viewer = await makePerson(test.db, portal.team, 'viewer')
      const since = (await look('changed')).drift?.since ?? ''
      const refused = await keepTheirs(viewer.ctx, { ...refOf('changed'), since })
      expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } })
      const other = { ...refOf('changed'), since: '2026-01-01T00:00:00.000Z' }
      expect(await restoreOurs(portal.owner.ctx, other)).toMatchObject({ error: { code: 'conflict' } })

      const rolled = async () => (await kinds('changed')).filter(kind => kind === 'rolloutFinished').length
      const rolledBefore = await rolled()
      const kept = expectOk(await resolve('changed', keepTheirs))
      expect(kept).toMatchObject({ revision: 2, drift: null })
      expect(kept.spec.hardware.scaling).toMatchObject({ minReplicas: 2, maxReplicas: 2 })
      const { items } = expectOk(await listRevisions(portal.owner.ctx, refOf('changed')))
      expect(items[0]?.summary).toContain('kept from outside: minimum replicas: 1 → 2')
      await expect.poll(async () => (await look('changed')).servingRevision, WAIT).toBe(2)
      await severalLooks()
      expect(changing()).toEqual([])
      expect(await rolled()).toBe(rolledBefore)
      expect(await sentence('changed')).toBeNull()

      await rescale('changed', 1)
      await expect.poll(() => sentence('changed'), WAIT).toContain('1 replica there, 2 here')
      portal.faults.fate = firstCalls(2, ({ method }: Call) => method === 'PUT', 'lose')
      expectOk(await resolve('changed', restoreOurs))
      const scaling = async () =>
        ((await outside('GET', 'changed'))?.compute as { scaling: unknown } | undefined)?.scaling
      await expect.poll(scaling, WAIT).toMatchObject({ minReplica: 2, maxReplica: 2 })
      await becomes('changed', 'running')
      await severalLooks()
      expect(await look('changed')).toMatchObject({ drift: null, revision: 2, errorMessage: null })
      expect((await kinds('changed')).filter(kind => kind === 'driftResolved')).toHaveLength(2)
      expect(await there()).toBe(1)
      await outside('DELETE', 'changed')
      await expect.poll(() => sentence('changed'), WAIT).toContain('Deleted outside')
      expectOk(await resolve('changed', keepTheirs))
    },
    TIME,
  )
})

describe('an endpoint that was paused or resumed outside', () => {
  it(
    'stays as it is until somebody says',
    async () => {
      await create('sleeper')
      await outside('POST', 'sleeper', '/pause')
      await expect.poll(() => sentence('sleeper'), WAIT).toBe('Paused outside Slipway.')
      portal.faults.reset()
      await severalLooks()
      expect(changing()).toEqual([])
      expectOk(await resolve('sleeper', restoreOurs))
      await becomes('sleeper', 'running')

      expectOk(await pauseEndpoint(portal.owner.ctx, refOf('sleeper')))
      await becomes('sleeper', 'paused')
      await severalLooks()
      await outside('POST', 'sleeper', '/resume')
      await expect.poll(() => sentence('sleeper'), WAIT).toContain('Resumed outside Slipway')
      portal.faults.reset()
      const kept = expectOk(await resolve('sleeper', keepTheirs))
      expect(kept).toMatchObject({ desired: 'present', revision: 1 })
      await becomes('sleeper', 'running')
      await severalLooks()
      expect(changing()).toEqual([])
      expect(await sentence('sleeper')).toBeNull()
      await outside('DELETE', 'sleeper')
      await expect.poll(() => sentence('sleeper'), WAIT).toContain('Deleted outside')
      expectOk(await resolve('sleeper', keepTheirs))
    },
    TIME,
  )
})

describe('an endpoint that was deleted outside', () => {
  it(
    'is said to be gone and is not made again by itself; asked for, it is made once',
    async () => {
      const { id } = await create('gone')
      // One look that does not see it is none.
      portal.faults.fate = firstCalls(
        1,
        ({ method, path }: Call) => method === 'GET' && /\/v2\/endpoint\/[^/]+\/gone-[^/]+$/.test(path),
        { status: 404, error: 'not found' },
      )
      await severalLooks()
      expect(await kinds('gone')).not.toContain('driftFound')
      expect(await look('gone')).toMatchObject({ state: 'running', drift: null })

      await outside('DELETE', 'gone')
      await expect.poll(() => sentence('gone'), WAIT).toContain('Deleted outside Slipway')
      await becomes('gone', 'failed')
      portal.faults.reset()
      await severalLooks()
      expect(changing()).toEqual([])
      expect(await there()).toBe(0)
      expect((await look('gone')).replicas.filter(({ stoppedAt }) => stoppedAt === null)).toEqual([])

      const isCreate = ({ method, path }: Call) => method === 'POST' && path.split('/').length === 4
      portal.faults.fate = firstCalls(1, isCreate, 'lose')
      expectOk(await resolve('gone', restoreOurs))
      await becomes('gone', 'running')
      expect(await there()).toBe(1)

      await outside('DELETE', 'gone')
      await expect.poll(() => sentence('gone'), WAIT).toContain('Deleted outside Slipway')
      expectOk(await resolve('gone', keepTheirs))
      await expect.poll(async () => (await look(id)).removedAt, WAIT).not.toBeNull()
      expect(await there()).toBe(0)
    },
    TIME,
  )
})
