import { connect } from 'node:net'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makePerson, makeTeam, makeToken } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { EchoReplica } from '@/lib/testing/echo-replica'
import { GatewayProcess, recordedStatuses } from '@/lib/testing/gateway'
import { insertServingEndpoint } from '@/lib/testing/serving-endpoint'

const MAX_BODY = 300_000

/** Much longer than anything takes, for machines that are busy with other tests. */
const SOON = { timeout: 20_000 }

const database = testDatabase()
let gateway: GatewayProcess
let replica: EchoReplica
let token: string
const path: Record<'one' | 'slow' | 'retried' | 'dead', string> = { one: '', slow: '', retried: '', dead: '' }
const id: Record<'one' | 'slow' | 'retried' | 'dead', string> = { one: '', slow: '', retried: '', dead: '' }

beforeAll(async () => {
  const { db } = database
  replica = await new EchoReplica().start()
  const gone = await new EchoReplica().start()
  const refusing = gone.address
  await gone.stop()
  const team = await makeTeam(db)
  token = (await makeToken(db, team, await makePerson(db, team), 'infer')).text
  const make = async (name: keyof typeof path, replicas: string[], requestTimeoutSeconds = 30) => {
    const endpoint = await insertServingEndpoint(db, team, { replicas, requestTimeoutSeconds })
    path[name] = endpoint.path
    id[name] = endpoint.id
  }
  await make('one', [replica.address])
  await make('slow', [replica.address], 1)
  await make('retried', [refusing, replica.address])
  await make('dead', [refusing])
  gateway = await new GatewayProcess(database.url, { SLIPWAY_MAX_BODY_BYTES: String(MAX_BODY) }).start()
})
afterAll(async () => {
  await gateway?.dispose()
  await replica?.stop()
})

const call = (to: string, init: RequestInit & { duplex?: 'half' } = {}) =>
  fetch(`${gateway.url}${to}`, {
    ...init,
    headers: { Authorization: `Bearer ${token}`, ...init.headers },
  })
const statuses = (endpointId: string) => recordedStatuses(database.db, endpointId)

describe('a request', () => {
  it('reaches the replica as it was sent, and its answer the client', async () => {
    const response = await call(`${path.one}/echo/v1/chat?x=%2F1`, {
      method: 'POST',
      body: JSON.stringify({ inputs: 'grüße' }),
      headers: { 'Content-Type': 'application/json', 'X-Request-Id': 'mine-1' },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-request-id')).toBe('mine-1')
    expect(await response.json()).toMatchObject({
      method: 'POST',
      url: '/echo/v1/chat?x=%2F1',
      body: '{"inputs":"grüße"}',
      headers: { 'content-type': 'application/json', 'x-request-id': 'mine-1' },
    })
  })

  it('brings no credential and no claim of its sender to a container', async () => {
    await call(`${path.one}/echo/probe`, {
      headers: {
        Cookie: 'session=stolen',
        'Proxy-Authorization': 'Basic c3RvbGVu',
        'X-Forwarded-For': '203.0.113.66',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-User': 'admin',
        X_Forwarded_For: '203.0.113.66',
        'X-Real-IP': '203.0.113.66',
        Forwarded: 'for=203.0.113.66',
      },
    })
    const got = replica.received.find(each => each.url === '/echo/probe')
    const text = JSON.stringify(got)
    for (const secret of [token, 'stolen', 'c3RvbGVu', '203.0.113.66', 'evil.example', 'admin']) {
      expect(text).not.toContain(secret)
    }
    expect(got?.headers['x-forwarded-for']).toBe('127.0.0.1')
    expect(got?.headers['x-forwarded-proto']).toBe('http')
    expect(got?.headers['x-forwarded-host']).toBe(new URL(gateway.url).host)
  })

  it('gets no cookie back, and HTML only in a sandbox', async () => {
    expect((await call(`${path.one}/cookie`)).headers.getSetCookie()).toEqual([])
    expect((await call(`${path.one}/html`)).headers.get('content-security-policy')).toBe('sandbox')
  })

  it('may have a body of unknown length, and answers of any size', async () => {
    const pieces = ['one ', 'two ', 'three']
    const body = new ReadableStream({
      async start(controller) {
        for (const piece of pieces) {
          controller.enqueue(new TextEncoder().encode(piece))
          await new Promise(resolve => setTimeout(resolve, 20))
        }
        controller.close()
      },
    })
    const response = await call(`${path.one}/echo`, { method: 'POST', body, duplex: 'half' })
    expect(await response.json()).toMatchObject({ body: 'one two three' })
    const large = await call(`${path.one}/large/5000000`)
    expect((await large.arrayBuffer()).byteLength).toBe(5_000_000)
    const sent = await call(`${path.one}/status/200`, { method: 'POST', body: 'x'.repeat(200_000) })
    expect(sent.status).toBe(200)
    expect(replica.received.at(-1)?.bodyBytes).toBe(200_000)
  })

  it('streams back: each piece arrives before the replica writes the next', async () => {
    const response = await call(`${path.one}/steps`)
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (const piece of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
      replica.step(piece)
      expect((await reader?.read())?.value).toBe(piece)
    }
    replica.step(null)
    expect((await reader?.read())?.done).toBe(true)
  })

  it('streams there: each piece arrives before the client sends the next', async () => {
    const before = replica.bytesSoFar
    const body = new ReadableStream({
      async start(controller) {
        for (let sent = 1; sent <= 3; sent++) {
          controller.enqueue(new Uint8Array(1_000))
          await vi.waitFor(() => expect(replica.bytesSoFar - before).toBe(sent * 1_000), 20_000)
        }
        controller.close()
      },
    })
    const response = await call(`${path.one}/status/200`, { method: 'POST', body, duplex: 'half' })
    expect(response.status).toBe(200)
  })

  it.each(['HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH'])('may be %s', async method => {
    const response = await call(`${path.one}/echo`, { method })
    expect(response.status).toBe(200)
    if (method !== 'HEAD') expect(await response.json()).toMatchObject({ method })
  })
})

describe('failures', () => {
  it('of a replica that is too slow are 504', async () => {
    const response = await call(`${path.slow}/silent`)
    expect(response.status).toBe(504)
    expect(await response.json()).toEqual({ error: expect.stringMatching(/Gateway Timeout/) })
  })

  it('of a replica that hangs up are 502, for what cannot be repeated', async () => {
    const response = await call(`${path.one}/hang-up`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(502)
    expect(await response.json()).toEqual({ error: expect.stringMatching(/closed the connection/) })
    expect(replica.received.filter(each => each.url === '/hang-up')).toHaveLength(1)
  })

  it('within an answer cut the connection, so that nobody takes a part for the whole', async () => {
    const response = await call(`${path.one}/break-off`)
    await expect(response.text()).rejects.toThrow()
    await expect.poll(async () => (await statuses(id.one))['502'], SOON).toBeGreaterThan(1)
  })

  it('to connect move on to another replica, with the body', async () => {
    for (let i = 0; i < 6; i++) {
      const response = await call(`${path.retried}/echo`, { method: 'POST', body: `{"n":${i}}` })
      expect(await response.json()).toMatchObject({ body: `{"n":${i}}` })
    }
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('streamed'))
        controller.close()
      },
    })
    const streamed = await call(`${path.retried}/echo`, { method: 'POST', body, duplex: 'half' })
    expect(await streamed.json()).toMatchObject({ body: 'streamed' })
  })

  it('to connect to any replica are 502', async () => {
    const response = await call(`${path.dead}/echo`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(502)
    expect(await response.json()).toEqual({ error: expect.stringMatching(/no replica could be reached/) })
  })

  it('of size are 413, declared and streamed', async () => {
    const declared = await call(`${path.one}/echo`, { method: 'POST', body: 'x'.repeat(MAX_BODY + 1) })
    expect(declared.status).toBe(413)
    expect(await declared.json()).toEqual({ error: expect.stringContaining(String(MAX_BODY)) })
    const chunk = `${(50_000).toString(16)}\r\n${'x'.repeat(50_000)}\r\n`
    const head = `POST ${path.one}/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nTransfer-Encoding: chunked\r\n\r\n`
    const streamed = await gateway.raw(`${head}${chunk.repeat(8)}0\r\n\r\n`)
    expect(streamed).toMatch(/^HTTP\/1\.1 413/)
    expect(streamed).toMatch(/"error":"The request body is larger/)
  })

  it('of a replica that answers before it read all reach the client', async () => {
    const response = await request(`${gateway.url}${path.one}/early`, {
      method: 'POST',
      body: 'x'.repeat(200_000),
      headers: { authorization: `Bearer ${token}` },
    })
    // The replica may close before our bytes are all on their way: then its answer may be lost to a reset.
    expect([422, 502]).toContain(response.statusCode)
    await response.body.dump()
    expect((await call(`${path.one}/echo`)).status).toBe(200)
  })
})

describe('a client that leaves', () => {
  it.each([
    ['before the answer', '/silent'],
    ['within the answer', '/stream/1000/20'],
  ])('%s cancels the replica’s work and is recorded as 499', async (_, what) => {
    const before = { aborted: replica.aborted, left: (await statuses(id.one))['499'] ?? 0 }
    const controller = new AbortController()
    const seen = replica.received.length
    const asked = call(`${path.one}${what}`, { signal: controller.signal })
    await expect.poll(() => replica.received.length, SOON).toBe(seen + 1)
    controller.abort()
    await expect(asked.then(response => response.text())).rejects.toThrow()
    await expect.poll(() => replica.aborted, SOON).toBe(before.aborted + 1)
    await expect.poll(async () => (await statuses(id.one))['499'] ?? 0, SOON).toBe(before.left + 1)
  })

  it('while it sends leaves nothing in flight', async () => {
    const socket = connect(gateway.address.port, gateway.address.host)
    const arrived = replica.bytesSoFar
    socket.write(
      `POST ${path.one}/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 200000\r\n\r\n${'x'.repeat(1000)}`,
    )
    await expect.poll(() => replica.bytesSoFar, SOON).toBe(arrived + 1_000)
    const before = (await statuses(id.one))['499'] ?? 0
    socket.destroy()
    await expect.poll(async () => (await statuses(id.one))['499'] ?? 0, SOON).toBe(before + 1)
  })
})

describe('token usage', () => {
  it('is read from answers and streams', async () => {
    await (await call(`${path.slow}/usage`)).text()
    await (await call(`${path.slow}/stream/2/10`)).text()
    const recorded = async () => {
      const found = await database.db.$client.query(
        'select tokens_in, tokens_out from request_records where endpoint_id = $1 and status = 200 order by at',
        [id.slow],
      )
      return found.rows
    }
    await expect.poll(recorded, SOON).toEqual([
      { tokens_in: 7, tokens_out: 11 },
      { tokens_in: 3, tokens_out: 5 },
    ])
  })
})

describe('stopping', () => {
  it('finishes what is under way, takes nothing new, and exits 0', async () => {
    const stopping = await new GatewayProcess(database.url).start()
    try {
      const seen = replica.received.length
      const slow = fetch(`${stopping.url}${path.one}/hold`, { headers: { Authorization: `Bearer ${token}` } })
      await expect.poll(() => replica.received.length, SOON).toBe(seen + 1)
      const ended = stopping.end('SIGTERM')
      const isRefused = () =>
        fetch(`${stopping.url}/healthz`).then(
          () => false,
          () => true,
        )
      await expect.poll(isRefused, SOON).toBe(true)
      replica.release()
      expect((await slow).status).toBe(200)
      expect(await ended).toBe(0)
    } finally {
      await stopping.dispose()
    }
  })
})
