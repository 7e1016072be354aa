import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '@/lib/server/db/schema/audit-log'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicaIntervals } from '@/lib/server/db/schema/replica-intervals'
import { requestRecords } from '@/lib/server/db/schema/request-records'
import { listConnections } from '@/lib/server/services/connections/list-connections'
import { updateConnection } from '@/lib/server/services/connections/update-connection'
import { createEndpoint } from '@/lib/server/services/endpoints/create-endpoint'
import { pauseEndpoint } from '@/lib/server/services/endpoints/pause-endpoint'
import { removeEndpoint } from '@/lib/server/services/endpoints/remove-endpoint'
import { resumeEndpoint } from '@/lib/server/services/endpoints/resume-endpoint'
import { updateEndpoint } from '@/lib/server/services/endpoints/update-endpoint'
import { type ConnectedPortal, startConnectedPortal } from '@/lib/testing/connected-portal'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { hubSpec } from '@/lib/testing/hub-spec'
import { WAIT } from '@/lib/testing/portal'
import { expectOk } from '@/lib/testing/specs'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()

let portal: ConnectedPortal
let elsewhere: ConnectedPortal['elsewhere']
let faults: ConnectedPortal['faults']
let gateway: ConnectedPortal['gateway']
let team: ConnectedPortal['team']
let owner: ConnectedPortal['owner']
let bearer: ConnectedPortal['bearer']
let connectionId: string

beforeAll(async () => {
  portal = await startConnectedPortal(test)
  ;({ elsewhere, faults, gateway, team, owner, bearer, connectionId } = portal)
})
afterAll(() => portal?.stop())

const refOf = (name: string) => portal.ref(name)
const look = (name: string) => portal.look(name)
const becomes = (name: string, state: string) => portal.becomes(name, state)
const call = (endpoint: string, path: string, headers: Record<string, string> = bearer) =>
  fetch(`${gateway.url}/${team.slug}/${endpoint}${path}`, { headers })

async function create(name: string, env: Record<string, string> = {}) {
  const { secretNames: _, ...spec } = hubSpec(env, connectionId)
  const made = await createEndpoint(owner.ctx, { team: team.slug, name, spec, secrets: {}, sentType: null })
  return expectOk(made)
}

const remaining = () =>
  elsewhere.db.$count(endpoints, and(isNull(endpoints.removedAt), eq(endpoints.teamId, elsewhere.team.id)))

describe('an endpoint at a provider with its own rollout', () => {
  it('runs, answers through our gateway, changes, pauses, and goes without a trace', async () => {
    await create('cloudy', { GREETING: 'one' })
    await becomes('cloudy', 'running')
    const running = await look('cloudy')
    expect(running).toMatchObject({
      readyReplicas: 1,
      targetReplicas: 1,
      servingRevision: 1,
      errorMessage: null,
    })
    expect(running.upstreamUrl).toContain(`${elsewhere.gatewayUrl}/${elsewhere.team.slug}/cloudy-`)
    expect(running.replicas).toMatchObject([{ state: 'running', revision: 1 }])

    // Our tokens and our levels; the account's own token is added behind them.
    expect((await call('cloudy', '/env', {})).status).toBe(401)
    await expect.poll(async () => (await call('cloudy', '/env')).status, WAIT).toBe(200)
    const seen = (await (await call('cloudy', '/env')).json()) as Record<string, string>
    expect(seen.GREETING).toBe('one')
    await expect
      .poll(() => test.db.$count(requestRecords, eq(requestRecords.endpointId, running.id)), WAIT)
      .toBeGreaterThan(1)

    const { secretNames: _, ...changed } = hubSpec({ GREETING: 'two' }, connectionId)
    const update = { ...refOf('cloudy'), baseRevision: 1, spec: changed, secrets: {}, sentType: null }
    expectOk(await updateEndpoint(owner.ctx, update))
    await expect.poll(async () => (await look('cloudy')).servingRevision, WAIT).toBe(2)
    await expect
      .poll(async () => ((await (await call('cloudy', '/env')).json()) as typeof seen).GREETING, WAIT)
      .toBe('two')

    expectOk(await pauseEndpoint(owner.ctx, refOf('cloudy')))
    await becomes('cloudy', 'paused')
    await expect.poll(async () => (await call('cloudy', '/env')).status, WAIT).toBe(400)
    await expect.poll(async () => elsewhere.countReplicas(), WAIT).toBe(0)
    expectOk(await resumeEndpoint(owner.ctx, refOf('cloudy')))
    await becomes('cloudy', 'running')

    expectOk(await removeEndpoint(owner.ctx, refOf('cloudy')))
    await expect.poll(async () => (await look(running.id)).removedAt, WAIT).not.toBeNull()
    await expect.poll(remaining, WAIT).toBe(0)
    const open = await test.db.$count(
      replicaIntervals,
      and(eq(replicaIntervals.endpointId, running.id), isNull(replicaIntervals.endedAt)),
    )
    expect(open).toBe(0)
  }, 120_000)

  it('streams piece by piece, and its token is in no file of the gateway and in no answer of ours', async () => {
    const { id } = await create('stream')
    await becomes('stream', 'running')
    await expect.poll(async () => (await call('stream', '/env')).status, WAIT).toBe(200)
    const reader = (await call('stream', '/drip')).body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toBe('data: one\n\n')
    await call('stream', '/drop')
    expect((await reader?.read())?.value).toBe('data: two\n\n')
    expect((await reader?.read())?.done).toBe(true)

    const saved = () => readFileSync(join(gateway.dataDir, 'gateway', 'routes.json'), 'utf8')
    await expect.poll(saved, WAIT).toContain(id)
    const connections = expectOk(await listConnections(owner.ctx, { team: team.slug }))
    for (const text of [saved(), JSON.stringify([await look('stream'), connections])])
      expect(text).not.toContain(portal.token)
    expectOk(await removeEndpoint(owner.ctx, refOf('stream')))
    await expect.poll(async () => (await look(id)).removedAt, WAIT).not.toBeNull()
  }, 120_000)

  it('says what to do when the provider refuses, and goes on by itself when it does not any more', async () => {
    faults.fate = ({ method, path }) =>
      method === 'POST' && path.split('/').length === 4
        ? { status: 400, error: 'quota exceeded for cpu' }
        : 'pass'
    const { id } = await create('refused')
    const message = async () => (await look('refused')).errorMessage
    await expect.poll(message, WAIT).toContain('quota')
    expect(await look('refused')).toMatchObject({ state: 'pending', upstreamUrl: null })
    faults.reset()
    await becomes('refused', 'running')
    await expect.poll(message, WAIT).toBeNull()

    // Expired while it runs: it goes on answering as long as the provider lets it; nothing is made or lost.
    faults.fate = () => ({ status: 401, error: 'UNAUTHORIZED' })
    await expect.poll(message, WAIT).toContain('Replace it under Connections')
    expect((await look('refused')).state).toBe('running')
    expectOk(await removeEndpoint(owner.ctx, refOf('refused')))
    await expect.poll(message, WAIT).toContain('Deleting failed, trying again')
    faults.reset()
    await expect.poll(async () => (await look(id)).removedAt, WAIT).not.toBeNull()
    await expect.poll(remaining, WAIT).toBe(0)
  }, 120_000)

  it('is called with a replaced token at once, and a refused one is not taken for the caller’s', async () => {
    await create('token-swap')
    await becomes('token-swap', 'running')
    await expect.poll(async () => (await call('token-swap', '/health')).status, WAIT).toBe(200)
    const change = { team: team.slug, connectionId, name: 'Elsewhere', settings: portal.settings }
    const token = await elsewhere.token('write')
    expectOk(await updateConnection(owner.ctx, { ...change, secrets: { token } }))
    const saved = await test.db.select().from(auditLog).where(eq(auditLog.objectId, connectionId))
    expect(JSON.stringify(saved)).not.toContain(token)
    await expect.poll(async () => (await call('token-swap', '/health')).status, WAIT).toBe(200)
    await elsewhere.revokeTokens()
    await expect.poll(async () => (await call('token-swap', '/health')).status, WAIT).toBe(502)
    expect(await (await call('token-swap', '/health')).text()).toContain('under Connections')
    const fresh = { ...change, secrets: { token: await elsewhere.token('write') } }
    expectOk(await updateConnection(owner.ctx, fresh))
    await expect.poll(async () => (await call('token-swap', '/health')).status, WAIT).toBe(200)
    expectOk(await removeEndpoint(owner.ctx, refOf('token-swap')))
    await expect.poll(remaining, WAIT).toBe(0)
  }, 120_000)
})
