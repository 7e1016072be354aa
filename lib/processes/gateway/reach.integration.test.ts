import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { processes } from '@/lib/server/db/schema/processes'
import { revisions } from '@/lib/server/db/schema/revisions'
import { sealingKey } from '@/lib/server/secrets/key'
import { askGateways } from '@/lib/server/services/network/ask-gateways'
import { checkReach } from '@/lib/server/services/network/check-reach'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { insertConnection } from '@/lib/testing/connection'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { EchoReplica } from '@/lib/testing/echo-replica'
import { GatewayProcess } from '@/lib/testing/gateway'
import { hubSpec } from '@/lib/testing/hub-spec'
import { insertServingEndpoint } from '@/lib/testing/serving-endpoint'
import { SilentPlace } from '@/lib/testing/silent-place'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { reach } from './internal/reach'

testDataDir()
const test = testDatabase()
const WAIT = { timeout: 40_000, interval: 50 }
/** Listed, so any port of it may be tried; what no name leads to, and what answers nobody, are on this machine too. */
const LISTED = ['127.0.0.1', 'door.invalid']
/** Refused by the resolver itself: no name server is asked. */
const NO_NAME = `${'x'.repeat(64)}.example`

let gateway: GatewayProcess
let open: Server
let door: EchoReplica
let team: TestTeam
let owner: Awaited<ReturnType<typeof makePerson>>

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
async function listening(): Promise<Server> {
  const server = createServer(socket => socket.on('error', () => {}))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

beforeAll(async () => {
  open = await listening()
  door = await new EchoReplica().start()
  team = await makeTeam(test.db)
  owner = await makePerson(test.db, team, 'owner')
  gateway = await new GatewayProcess(test.url, {
    SLIPWAY_ALLOWED_PRIVATE_HOSTS: LISTED.join(','),
    SLIPWAY_SECRET_KEY: sealingKey().toString('base64'),
  }).start()
  const isAsked = async () => expect(await askGateways(test.db, NO_NAME)).not.toBe('no_gateway')
  await vi.waitFor(isAsked, WAIT)
})
afterAll(async () => {
  await gateway?.dispose()
  await door?.stop()
  open?.close()
})

describe('what a gateway reaches', () => {
  it('is told from where it runs: by name and TCP, and no more than that', async () => {
    const closed = await listening()
    const refusing = portOf(closed)
    closed.close()
    await once(closed, 'close')
    expect(await askGateways(test.db, `127.0.0.1:${refusing}`)).toBe('refused')
    expect(await askGateways(test.db, NO_NAME)).toBe('name_unknown')
  })

  it('is nothing that answers nobody', async () => {
    const silent = await SilentPlace.start()
    const place = { host: '127.0.0.1', port: silent.port }
    expect(await reach(place, LISTED, 500).finally(() => silent.stop())).toBe('timed_out')
  })

  it('is not tried where it may not connect', async () => {
    expect(await askGateways(test.db, '127.0.0.2')).toBe('not_allowed')
    expect(await askGateways(test.db, '169.254.169.254')).toBe('not_allowed')
    expect(await reach({ host: 'localhost', port: 443 }, [])).toBe('not_allowed')
    expect(await askGateways(test.db, 'example.com:22')).toBe('not_allowed')
  })

  it('is told to those who may make endpoints, and to nobody by the port itself', async () => {
    const address = `127.0.0.1:${portOf(open)}`
    const asked = { team: team.slug, address }
    expect(expectOk(await checkReach(owner.ctx, asked))).toMatchObject({ reach: 'reachable' })
    const viewer = await makePerson(test.db, team, 'viewer')
    expect(codeOf(await checkReach(viewer.ctx, asked))).toBe('forbidden')
    const stranger = await makePerson(test.db, await makeTeam(test.db), 'owner')
    expect(codeOf(await checkReach(stranger.ctx, asked))).toBe('not_found')
    expect(codeOf(await checkReach(owner.ctx, { ...asked, address: 'http://x' }))).toBe('invalid')
    const [row] = await test.db.select().from(processes).where(eq(processes.kind, 'gateway'))
    expect((await fetch(`${row?.url}/reach?address=${address}`)).status).toBe(401)
  })
})

type Calls = { by: 'direct' } | { by: 'gateway'; address: string }

/** An endpoint of a connection, as controller and portal leave it, closed to the internet. */
async function insertClosed(calls: Calls, upstreamUrl: string) {
  const connection = await insertConnection(test.db, team, {
    kind: 'huggingface',
    namespace: 'acme',
    baseUrl: null,
  })
  const endpoint = await insertServingEndpoint(test.db, team)
  const link = {
    kind: 'huggingface' as const,
    awsAccount: '123456789012',
    isShared: false,
    entryRegion: null,
  }
  const spec = { ...hubSpec({}, connection), network: { private: { link, calls } } }
  await test.db.update(revisions).set({ spec }).where(eq(revisions.endpointId, endpoint.id))
  await test.db
    .update(endpoints)
    .set({ provider: 'huggingface', connectionId: connection, upstreamUrl })
    .where(eq(endpoints.id, endpoint.id))
  return endpoint
}

describe('an endpoint that is closed to the internet', () => {
  const call = async (path: string) =>
    await fetch(`${gateway.url}${path}`, {
      headers: { authorization: `Bearer ${(await makeToken(test.db, team, owner, 'infer')).text}` },
    })

  it('is called at its private address, under the provider’s own name and with its token', async () => {
    const address = door.address.replace('http://', '')
    const { path } = await insertClosed({ by: 'gateway', address }, 'http://door.invalid/base')
    await expect.poll(async () => (await call(`${path}/echo`)).status, WAIT).toBe(200)
    expect(door.received.at(-1)).toMatchObject({
      url: '/base/echo',
      headers: { host: 'door.invalid', authorization: 'Bearer hf_stored_token' },
    })
  })

  it('says so where nothing listens there any more', async () => {
    const { path } = await insertClosed({ by: 'gateway', address: '127.0.0.1:1' }, 'http://door.invalid')
    await expect.poll(async () => (await call(path)).status, WAIT).toBe(502)
    expect(await (await call(path)).text()).toContain('does not reach the private address of this endpoint')
  })

  it('is not called where that address may not be connected to', async () => {
    const { path } = await insertClosed({ by: 'gateway', address: '127.0.0.9:9' }, 'http://door.invalid')
    await expect.poll(async () => (await call(path)).status, WAIT).toBe(503)
  })

  it('is refused when it is direct only, with where to call instead, and only to its team', async () => {
    const { path } = await insertClosed({ by: 'direct' }, 'http://door.invalid/base')
    await expect.poll(async () => (await call(path)).status, WAIT).toBe(421)
    const { error } = (await (await call(path)).json()) as { error: string }
    expect(error).toContain('is direct only')
    expect(error).toContain('http://door.invalid/base')
    expect((await fetch(`${gateway.url}${path}`)).status).toBe(401)
  })
})
