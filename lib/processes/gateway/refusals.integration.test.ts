import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { EchoReplica } from '@/lib/testing/echo-replica'
import { GatewayProcess, recordedStatuses } from '@/lib/testing/gateway'
import { hasPython } from '@/lib/testing/pinned-python'
import { parseWithPrometheus } from '@/lib/testing/prometheus-client/parse'
import { insertServingEndpoint, type TestEndpoint } from '@/lib/testing/serving-endpoint'

/** Much longer than anything takes, for machines that are busy with other tests. */
const SOON = { timeout: 20_000 }

const database = testDatabase()
let gateway: GatewayProcess
let replica: EchoReplica
let team: TestTeam
const endpoints: Record<string, TestEndpoint> = {}
const tokens: Record<string, string> = {}

beforeAll(async () => {
  const { db } = database
  replica = await new EchoReplica().start()
  team = await makeTeam(db)
  const other = await makeTeam(db)
  const [person, stranger] = [await makePerson(db, team), await makePerson(db, other)]
  const serving = { replicas: [replica.address] }
  const make = async (name: string, changes: Parameters<typeof insertServingEndpoint>[2]) => {
    endpoints[name] = await insertServingEndpoint(db, team, changes)
  }
  await make('public', { ...serving, security: { level: 'public' } })
  await make('protected', serving)
  await make('private', { ...serving, security: { level: 'private', allowedRanges: ['127.0.0.0/8'] } })
  await make('elsewhere', { ...serving, security: { level: 'private', allowedRanges: ['10.0.0.0/8'] } })
  await make('paused', { ...serving, desired: 'paused', state: 'paused' })
  await make('starting', { state: 'initializing', stateMessage: 'Loading the model.' })
  await make('failed', { state: 'failed', stateMessage: 'It ran out of memory.' })
  await make('leaving', { ...serving, desired: 'absent', security: { level: 'public' } })
  const issue = async (name: string, ...args: Parameters<typeof makeToken>) => {
    tokens[name] = (await makeToken(...args)).text
  }
  await issue('infer', db, team, person, 'infer')
  await issue('write', db, team, person, 'write')
  await issue('read', db, team, person, 'read')
  await issue('limited', db, team, person, 'infer', endpoints.private?.id)
  await issue('foreign', db, other, stranger, 'write')
  gateway = await new GatewayProcess(database.url, {
    SLIPWAY_METRICS_TOKEN: 'metrics-token-of-the-operator',
    SLIPWAY_ENDPOINT_DOMAIN: 'endpoints.test',
  }).start()
})
afterAll(async () => {
  await gateway?.dispose()
  await replica?.stop()
})

const bearer = (token?: string) => (token ? { Authorization: `Bearer ${tokens[token] ?? token}` } : undefined)
const call = (path: string, token?: string, init: RequestInit = {}) =>
  fetch(`${gateway.url}${path}`, { ...init, headers: { ...bearer(token), ...init.headers } })
const pathOf = (name: string) => endpoints[name]?.path ?? `/${team.slug}/nothing-here`

describe('security levels', () => {
  // Rows: endpoint; columns: who calls.
  const matrix: [string, Record<string, number>][] = [
    ['public', { '': 200, wrong: 200, read: 200, infer: 200, foreign: 200 }],
    ['protected', { '': 401, wrong: 401, read: 403, infer: 200, write: 200, limited: 403, foreign: 404 }],
    ['private', { '': 401, wrong: 401, read: 403, infer: 200, write: 200, limited: 200, foreign: 404 }],
    ['elsewhere', { '': 401, wrong: 401, read: 403, infer: 403, write: 403, foreign: 404 }],
    ['leaving', { '': 401, infer: 404, foreign: 404 }],
    ['nothing', { '': 401, wrong: 401, read: 404, infer: 404, foreign: 404 }],
  ]
  const cases = matrix.flatMap(([endpoint, row]) =>
    Object.entries(row).map(([token, status]) => [endpoint, token, status] as const),
  )

  it.each(cases)('%s with token “%s” answers %i', async (endpoint, token, status) => {
    const response = await call(`${pathOf(endpoint)}/echo`, token)
    expect(response.status).toBe(status)
    expect(response.headers.get('x-request-id')).toMatch(/\S/)
    if (status !== 200) expect(await response.json()).toEqual({ error: expect.stringMatching(/\w{3}/) })
  })

  it('answer the same without a token whatever the path', async () => {
    const bodies = await Promise.all(
      [pathOf('protected'), pathOf('nothing'), '/', '/unknown/x', `/${team.slug}`, '/v2/endpoint'].map(
        async path => {
          const response = await call(path)
          return [response.status, await response.text(), response.headers.get('www-authenticate')]
        },
      ),
    )
    for (const body of bodies) expect(body).toEqual(bodies[0])
    expect(bodies[0]?.[0]).toBe(401)
  })

  it('say which permission is missing', async () => {
    const response = await call(pathOf('protected'), 'read')
    expect(await response.text()).toContain('missing permissions: inference.endpoints.infer.write')
  })

  it('believe no address that a caller claims', async () => {
    const headers = { 'X-Forwarded-For': '10.0.0.1', 'X-Real-IP': '10.0.0.1', Forwarded: 'for=10.0.0.1' }
    expect((await call(pathOf('elsewhere'), 'infer', { headers })).status).toBe(403)
  })

  it('accept a token made a moment ago, and refuse it once revoked', async () => {
    const { db } = database
    const person = await makePerson(db, team)
    const made = await makeToken(db, team, person, 'infer')
    expect((await call(pathOf('protected'), made.text)).status).toBe(200)
    await db.$client.query('update tokens set revoked_at = now() where id = $1', [made.tokenId])
    await db.$client.query(`select pg_notify('slipway_tokens', '')`)
    await expect.poll(async () => (await call(pathOf('protected'), made.text)).status, SOON).toBe(401)
  })
})

describe('without notifications', () => {
  it('a new token works at once, a new endpoint soon', async () => {
    const { db } = database
    const polling = await new GatewayProcess(database.url, { SLIPWAY_NOTIFY: 'off' }).start()
    try {
      const made = await makeToken(db, team, await makePerson(db, team), 'infer')
      const ask = async (path: string) =>
        (await fetch(`${polling.url}${path}`, { headers: { Authorization: `Bearer ${made.text}` } })).status
      expect(await ask(pathOf('protected'))).toBe(200)
      const added = await insertServingEndpoint(db, team, { replicas: [replica.address] })
      await expect.poll(() => ask(added.path), { timeout: 20_000, interval: 200 }).toBe(200)
    } finally {
      await polling.dispose()
    }
  })
})

describe('states', () => {
  it('paused is 400 in words', async () => {
    const response = await call(pathOf('paused'), 'infer')
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      error: expect.stringMatching(/^Bad Request: Invalid state: e-\w+ is paused\. .*resumes it\.$/),
    })
  })

  it('starting is 503 with a time to come back', async () => {
    const response = await call(pathOf('starting'), 'infer')
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await response.text()).toContain('Loading the model')
  })

  it('failed is 503 with what happened', async () => {
    const response = await call(pathOf('failed'), 'infer')
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('ran out of memory')
  })
})

describe('browsers', () => {
  it('are told by every path alike that they may ask', async () => {
    for (const path of [pathOf('protected'), pathOf('nothing'), '/']) {
      const response = await call(path, undefined, {
        method: 'OPTIONS',
        headers: {
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization,content-type',
          Origin: 'https://portal.example',
        },
      })
      expect(response.status).toBe(204)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type')
    }
    const response = await call(`${pathOf('protected')}/echo`, 'infer')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-expose-headers')).toContain('X-Request-Id')
  })
})

describe('hosts', () => {
  it('name an endpoint by its id below the endpoint domain', async () => {
    const { request } = await import('undici')
    const viaHost = async (host: string, token?: string) => {
      const response = await request(`${gateway.url}/echo/healthz?a=1`, {
        headers: { host, ...bearer(token) },
      })
      return { status: response.statusCode, body: await response.body.json() }
    }
    const id = endpoints.protected?.id ?? ''
    const answered = await viaHost(`${id}.endpoints.test`, 'infer')
    expect(answered.status).toBe(200)
    expect(answered.body).toMatchObject({ url: '/echo/healthz?a=1' })
    expect((await viaHost(`${id}.endpoints.test`)).status).toBe(401)
    expect((await viaHost(`unknown.endpoints.test`, 'infer')).status).toBe(404)
  })
})

describe('pages of the gateway', () => {
  it('say how old the routes are', async () => {
    const response = await call('/healthz')
    expect(response.status).toBe(200)
    const health = (await response.json()) as { routes: { ageSeconds: number; endpoints: number } }
    expect(health).toMatchObject({ status: 'ok', database: 'reachable', routes: { isStale: false } })
    expect(health.routes.ageSeconds).toBeLessThan(15)
    expect(health.routes.endpoints).toBeGreaterThanOrEqual(Object.keys(endpoints).length)
  })

  it('show metrics to who may see them', async () => {
    await call(`${pathOf('protected')}/echo`, 'infer')
    const name = endpoints.protected?.name ?? ''
    const all = await call('/metrics', 'metrics-token-of-the-operator')
    expect(all.headers.get('content-type')).toContain('application/openmetrics-text')
    const text = await all.text()
    expect(text).toMatch(new RegExp(`slipway_requests_total\\{.*endpoint="${name}",status="200"\\} \\d+`))
    expect(text).toContain('slipway_refusals_total{status="401"}')
    if (hasPython()) {
      const families = await parseWithPrometheus(text)
      expect(families).toContainEqual(expect.objectContaining({ name: 'slipway_requests', type: 'counter' }))
      const durations = families.find(family => family.name === 'slipway_request_duration_seconds')
      expect(durations).toMatchObject({ type: 'histogram', unit: 'seconds' })
    } else expect(text.endsWith('# EOF\n')).toBe(true)
    const own = await (await call('/metrics', 'read')).text()
    expect(own).toContain(`endpoint="${name}"`)
    expect(own).not.toContain('slipway_refusals')
    expect(await (await call('/metrics', 'foreign')).text()).not.toContain(name)
    expect((await call('/metrics', 'infer')).status).toBe(403)
    expect((await call('/metrics')).status).toBe(401)
  })
})

describe('refusals', () => {
  it('are counted per team when nothing was routed, else for the endpoint', async () => {
    const { db } = database
    const before = await call(pathOf('elsewhere'), 'infer')
    expect(before.status).toBe(403)
    await expect
      .poll(async () => (await recordedStatuses(db, endpoints.elsewhere?.id ?? ''))['403'], {
        ...SOON,
      })
      .toBeGreaterThan(0)
    expect(await recordedStatuses(db, endpoints.elsewhere?.id ?? '')).not.toHaveProperty('401')
    const counted = await db.$client.query(
      'select status, sum(requests)::int as n from team_refusals where team_id = $1 group by status',
      [team.id],
    )
    const byStatus = Object.fromEntries(counted.rows.map(row => [row.status, row.n]))
    expect(byStatus[401]).toBeGreaterThan(5)
    expect(byStatus[404]).toBeGreaterThan(0)
  })

  it('use tokens all the same: when they were last used is known', async () => {
    await expect
      .poll(async () => {
        const found = await database.db.$client.query(
          'select count(*)::int as n from tokens where last_used_at is not null',
        )
        return found.rows[0]?.n
      })
      .toBeGreaterThanOrEqual(4)
  })
})
