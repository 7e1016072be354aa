import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { replicaIntervals } from '@/lib/server/db/schema/replica-intervals'
import { createHuggingfaceProvider } from '@/lib/server/providers/huggingface/provider'
import { listAccountEndpoints } from '@/lib/server/services/connections/list-account-endpoints'
import { adoptEndpoint } from '@/lib/server/services/endpoints/adopt-endpoint'
import { manageEndpoint } from '@/lib/server/services/endpoints/manage-endpoint'
import { pauseEndpoint } from '@/lib/server/services/endpoints/pause-endpoint'
import { releaseEndpoint } from '@/lib/server/services/endpoints/release-endpoint'
import { removeEndpoint } from '@/lib/server/services/endpoints/remove-endpoint'
import { updateEndpoint } from '@/lib/server/services/endpoints/update-endpoint'
import { makePerson } from '@/lib/testing/access'
import { type ConnectedPortal, startConnectedPortal } from '@/lib/testing/connected-portal'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { HF_CREATE_BODY } from '@/lib/testing/doors'
import { firstCalls } from '@/lib/testing/fault-proxy'
import { WAIT } from '@/lib/testing/portal'
import { expectOk } from '@/lib/testing/specs'
import { watched } from '@/lib/testing/watched'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
const TIME = 120_000
const THEIRS = 'theirs'

let portal: ConnectedPortal
beforeAll(async () => {
  portal = await startConnectedPortal(test)
  const model = { ...HF_CREATE_BODY.model, env: { GREETING: 'theirs' } }
  await there('POST', '', { ...HF_CREATE_BODY, model, name: THEIRS, tags: ['their-tag'] })
  await vi.waitFor(async () => {
    expect((await there('GET', `/${THEIRS}`)).status.state).toBe('running')
  }, WAIT)
  // Connecting has tried what the token may do.
  portal.faults.reset()
})
afterEach(() => portal.faults.reset())
afterAll(() => portal?.stop())

type Theirs = { tags: string[]; status: { state: string; revision: number } }

/** As somebody with the account's own console. */
async function there(method: string, path: string, body?: object): Promise<Theirs> {
  const { elsewhere } = portal
  const answer = await fetch(`${elsewhere.url}/v2/endpoint/${elsewhere.team.slug}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await elsewhere.token('write')}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(answer.status).toBeLessThan(300)
  return (await answer.json()) as Theirs
}

const account = () => ({ team: portal.team.slug, connectionId: portal.connectionId })
const ref = (name: string) => portal.ref(name)
const look = (name: string) => portal.look(name)
const listed = async () => expectOk(await listAccountEndpoints(portal.owner.ctx, account())).items
const becomes = (name: string, state: string) => portal.becomes(name, state)
/** Metrics are asked for with a body. */
const changing = () =>
  portal.faults.calls.filter(call => !call.startsWith('GET') && !/^POST .*\/metrics$/.test(call))
const openIntervals = (endpointId: string) =>
  test.db.$count(
    replicaIntervals,
    and(eq(replicaIntervals.endpointId, endpointId), isNull(replicaIntervals.endedAt)),
  )
const adopt = async () => expectOk(await adoptEndpoint(portal.owner.ctx, { ...account(), name: THEIRS }))

describe('an endpoint that was in the account before', () => {
  it('is never deleted while nothing on it says that it is ours', async () => {
    const { elsewhere, faults } = portal
    const provider = createHuggingfaceProvider({
      namespace: elsewhere.team.slug,
      token: await elsewhere.token('write'),
      ...{ apiUrl: faults.url, hubUrl: faults.url },
      ...{ portalId: 'any', allowedHosts: ['127.0.0.1'] },
    })
    const ref = {
      endpointId: randomUUID(),
      endpointName: THEIRS,
      adopted: { name: THEIRS, isReadOnly: false },
    }
    await expect(provider.remove(ref)).rejects.toThrow(`${THEIRS} is left alone`)
    expect(changing()).toEqual([])
  })

  it(
    'is adopted to be looked at, called and paid for, not changed, and released as it was',
    async () => {
      expect(await listed()).toMatchObject([
        {
          name: THEIRS,
          state: 'running',
          replicas: 1,
          region: 'this-machine',
          endpoint: null,
          obstacle: null,
        },
      ])
      const { owner, team, gateway, bearer } = portal
      const viewer = await makePerson(test.db, team, 'viewer')
      const wanted = { ...account(), name: THEIRS }
      expect(await adoptEndpoint(viewer.ctx, wanted)).toMatchObject({ error: { code: 'forbidden' } })
      const { id, spec } = await adopt()
      expect(await adoptEndpoint(owner.ctx, wanted)).toMatchObject({ error: { code: 'conflict' } })
      expect(await listed()).toMatchObject([{ name: THEIRS, endpoint: THEIRS }])

      await becomes(THEIRS, 'running')
      expect(await look(THEIRS)).toMatchObject({ isReadOnly: true, readyReplicas: 1, servingRevision: 1 })
      const call = () => fetch(`${gateway.url}/${team.slug}/${THEIRS}/env`, { headers: bearer })
      await expect.poll(async () => (await call()).status, WAIT).toBe(200)
      expect(await (await call()).json()).toMatchObject({ GREETING: 'theirs' })
      await expect.poll(() => openIntervals(id), WAIT).toBe(1)
      await expect
        .poll(() => watched(owner.ctx, { ...ref(THEIRS), id }), WAIT)
        .toEqual({ hasLines: true, hasMetrics: true })

      const { secretNames: _, ...changed } = spec
      const refusals = await Promise.all([
        updateEndpoint(owner.ctx, {
          ...ref(THEIRS),
          baseRevision: 1,
          spec: changed,
          secrets: {},
          sentType: null,
        }),
        pauseEndpoint(owner.ctx, ref(THEIRS)),
        removeEndpoint(owner.ctx, ref(THEIRS)),
      ])
      for (const refusal of refusals)
        expect(refusal).toMatchObject({
          error: { code: 'invalid_state', message: expect.stringContaining('Press Manage') },
        })

      expectOk(await releaseEndpoint(owner.ctx, ref(THEIRS)))
      await expect.poll(async () => (await look(id)).removedAt, WAIT).not.toBeNull()
      expect(await openIntervals(id)).toBe(0)
      expect(changing()).toEqual([])
      expect(await there('GET', `/${THEIRS}`)).toMatchObject({
        tags: ['their-tag'],
        status: { state: 'running', revision: 1 },
      })
    },
    TIME,
  )

  it(
    'gets our tags and nothing else when it is managed, though the answer is lost; then it is like any other',
    async () => {
      const { owner, faults } = portal
      const { id } = await adopt()
      await becomes(THEIRS, 'running')
      faults.fate = firstCalls(1, ({ method }) => method === 'PUT', 'lose')
      expectOk(await manageEndpoint(owner.ctx, ref(THEIRS)))
      await expect
        .poll(async () => (await there('GET', `/${THEIRS}`)).tags, WAIT)
        .toEqual([
          expect.any(String),
          `slipway-team:${portal.team.slug}`,
          `slipway-endpoint:${id}`,
          'slipway-revision:1',
          'their-tag',
        ])
      expect(changing().every(each => each.startsWith('PUT'))).toBe(true)
      await becomes(THEIRS, 'running')
      expect(await look(THEIRS)).toMatchObject({ isReadOnly: false, revision: 1, drift: null })
      expect(await listed()).toMatchObject([{ endpoint: THEIRS, obstacle: 'Slipway manages it already.' }])
      expect(await releaseEndpoint(owner.ctx, ref(THEIRS))).toMatchObject({
        error: { code: 'invalid_state' },
      })

      expectOk(await pauseEndpoint(owner.ctx, ref(THEIRS)))
      await becomes(THEIRS, 'paused')
      expectOk(await removeEndpoint(owner.ctx, ref(THEIRS)))
      await expect.poll(async () => (await look(id)).removedAt, WAIT).not.toBeNull()
      expect(await listed()).toEqual([])
    },
    TIME,
  )
})
