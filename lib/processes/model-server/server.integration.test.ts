import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SAMPLE_MODEL, SAMPLE_MODEL_DIR } from '@/lib/domain/endpoint/sample'
import { machineEnvironment } from '@/lib/server/env'
import {
  ask,
  type RunningModelServer,
  serveTinyModel,
  startModelServer,
  waitUntilReady,
} from '@/lib/testing/model-server'
import { storyteller } from '@/lib/testing/models/generation-models'
import { bundleForTests } from '@/lib/testing/programs'

const SAMPLE = { HF_TASK: SAMPLE_MODEL.task, HF_MODEL_DIR: SAMPLE_MODEL_DIR }

describe('the sample, served', () => {
  let server: RunningModelServer
  beforeAll(async () => {
    server = await startModelServer({ ...SAMPLE, SLIPWAY_BODY_LIMIT_BYTES: '20000' })
  })
  afterAll(() => server.stop())

  it('listens before it is ready, and says how far it is', async () => {
    const response = await fetch(`${server.url}/health`)
    if (response.status === 503) {
      expect(response.headers.get('retry-after')).toBe('1')
      expect(await response.json()).toEqual({
        phase: 'loading',
        message: expect.any(String),
        progress: null,
      })
      expect(await ask(server.url, { inputs: 'x' })).toMatchObject({
        status: 503,
        body: { error: expect.stringContaining('not ready') },
      })
    }
    await waitUntilReady(server)
    expect(await (await fetch(`${server.url}/health`)).text()).toBe('Ok')
    expect(await (await fetch(server.url)).text()).toBe('Ok')
  })

  it('classifies its own example', async () => {
    const { status, body } = await ask(server.url, { inputs: SAMPLE_MODEL.exampleInput })
    expect({ status, body }).toEqual({
      status: 200,
      body: [{ label: 'positive', score: expect.any(Number) }],
    })
  })

  it.each([
    [{ inputs: ['good', 'bad'] }, ['positive', 'negative']],
    [{ inputs: { text: 'not good' } }, ['negative']],
    [{ instances: ['good'] }, ['positive']],
  ])('answers one label per text: %j', async (body, labels) => {
    const answer = (await ask(`${server.url}/predict`, body)).body as { label: string }[]
    expect(answer.map(({ label }) => label)).toEqual(labels)
  })

  it('ranks labels with top_k, in the body or the query, and leaves scores raw when asked', async () => {
    const ranked = (await ask(`${server.url}/?top_k=2`, { inputs: 'good' })).body
    expect(ranked).toMatchObject([{ label: 'positive' }, { label: 'neutral' }])
    const raw = await ask(server.url, { inputs: 'good', parameters: { function_to_apply: 'none', top_k: 3 } })
    expect((raw.body as { score: number }[]).map(({ score }) => score)).toEqual([
      expect.closeTo(2.1),
      expect.closeTo(1.05),
      expect.closeTo(-2.1),
    ])
  })

  it.each([
    ['{"inputs":', 'not valid JSON'],
    ['[]', 'must be a JSON object'],
    ['', 'empty'],
    ['{"input":"x"}', 'Body needs to provide a inputs key, received: {"input":"x"}'],
    ['{"inputs":7}', 'inputs must be a text'],
    ['{"inputs":"x","parameters":{"top_k":"many"}}', 'parameters.top_k'],
    ['{"inputs":"x","parameters":[]}', '"parameters" must be an object'],
  ])('says what is wrong with %s', async (body, message) => {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(server.url, { method: 'POST', headers, body })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringContaining(message) })
  })

  it('refuses other content types, routes and methods', async () => {
    const form = await fetch(server.url, { method: 'POST', body: new URLSearchParams({ inputs: 'x' }) })
    expect(form.status).toBe(400)
    expect(await form.json()).toEqual({ error: expect.stringContaining('Supported content types are') })
    expect(await ask(`${server.url}/v1/chat/completions`, {})).toMatchObject({ status: 404 })
    const put = await fetch(`${server.url}/predict`, { method: 'PUT' })
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('refuses a body over the limit, announced or not', async () => {
    expect(await ask(server.url, { inputs: 'x'.repeat(20_000) })).toMatchObject({
      status: 413,
      body: { error: 'The body is larger than 20000 bytes.' },
    })
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 30; i++) controller.enqueue(new TextEncoder().encode('x'.repeat(1000)))
        controller.close()
      },
    })
    const request: RequestInit & { duplex: 'half' } = { method: 'POST', body: chunks, duplex: 'half' }
    const response = await fetch(server.url, request).catch(() => null)
    // The connection may be closed before the client has sent everything.
    if (response) expect(response.status).toBe(413)
    expect((await ask(server.url, { inputs: 'good' })).status).toBe(200)
  })

  it('carries a sane request id and replaces any other', async () => {
    const { headers } = await ask(server.url, { inputs: 'good' }, { 'X-Request-Id': 'order-4711' })
    expect(headers.get('x-request-id')).toBe('order-4711')
    await expect
      .poll(() => server.output())
      .toMatch(
        /^\d{4}-\d\d-\d\dT[\d:.]+Z INFO request id=order-4711 POST \/ 200 [\d.]+ms queue=[\d.]+ms in=\d+ out=\d+$/m,
      )
    const forged = await ask(server.url, { inputs: 'good' }, { 'X-Request-Id': 'a b' })
    expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('writes one line per request, whatever its path holds', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1').resume()
    socket.end('GET /%0AINFO%20forged HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    await once(socket, 'close')
    await expect.poll(() => server.output()).toContain('GET /%0AINFO%20forged 404')
    expect(server.output()).not.toMatch(/^INFO forged/m)
  })

  it('counts what it answers', async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text()
    expect(text).toMatch(/^inf_batch_current_size 0$/m)
    expect(text).toMatch(/^inf_queue_size 0$/m)
    expect(text).toMatch(/^inf_requests_total\{route="\/",status="200"\} [1-9]/m)
    expect(text).toMatch(/^inf_request_duration_seconds_bucket\{le="\+Inf"\} [1-9]/m)
    const lines = text.trimEnd().split('\n')
    expect(lines.every(line => /^(# (HELP|TYPE) |\w+(\{.*\})? [\d.e+-]+$)/.test(line))).toBe(true)
  })
})

describe('under load', () => {
  let server: RunningModelServer
  beforeAll(async () => {
    server = await serveTinyModel('text-generation', storyteller({ contextLength: 50_000 }), {
      SLIPWAY_QUEUE_LIMIT: '2',
    })
  })
  afterAll(() => server.stop())

  /** Keeps the model busy until it is told to stop; resolves once the first token is there. */
  async function occupy(signal: AbortSignal): Promise<void> {
    const response = await fetch(`${server.url}/v1/completions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ prompt: 'ping', max_tokens: 40_000, stream: true }),
      signal,
    })
    await response.body?.getReader().read()
  }

  it('queues what fits, refuses what does not, answers health meanwhile, and drops who left', async () => {
    const busy = new AbortController()
    await occupy(busy.signal)
    const leaving = new AbortController()
    const short = { inputs: 'friend' }
    const left = ask(server.url, short).catch(() => 'left')
    const queued = fetch(server.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(short),
      signal: leaving.signal,
    }).catch(() => 'left')
    await expect.poll(() => gauge('inf_queue_size')).toBe(2)
    expect((await fetch(`${server.url}/health`)).status).toBe(200)

    const refused = await ask(server.url, short)
    expect(refused).toMatchObject({ status: 429, body: { error: expect.stringContaining('overloaded') } })
    expect(refused.headers.get('retry-after')).toBe('1')

    leaving.abort()
    expect(await queued).toBe('left')
    await expect.poll(() => gauge('inf_queue_size')).toBe(1)
    busy.abort()
    expect(await left).toMatchObject({ status: 200 })
  })

  async function gauge(name: string): Promise<number> {
    const text = await (await fetch(`${server.url}/metrics`)).text()
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1])
  }
})

describe('its end', () => {
  let server: RunningModelServer | undefined
  afterEach(() => server?.stop())

  it('finishes what it accepted on SIGTERM, then exits with 0', async () => {
    server = await serveTinyModel('text-generation', storyteller({ contextLength: 5000 }))
    const { url } = server
    const owed = [1, 2, 3].map(() => ask(`${url}/v1/completions`, { prompt: 'ping', max_tokens: 300 }))
    await sleep(100)
    server.process.kill('SIGTERM')
    await sleep(100)
    await expect(fetch(`${url}/health`)).rejects.toThrow()
    for (const answer of await Promise.all(owed)) expect(answer.status).toBe(200)
    expect(await server.exited).toEqual({ code: 0, signal: null })
  })

  it('names every variable it cannot use, and exits with 1', async () => {
    const dist = await bundleForTests(['model-server'])
    const child = spawn(process.execPath, [join(dist, 'model-server.mjs')], {
      env: { ...machineEnvironment(), HF_TASK: 'fortune-telling', PORT: 'seven', NODE_ENV: 'test' },
    })
    let errors = ''
    child.stderr.on('data', chunk => {
      errors += String(chunk)
    })
    expect((await once(child, 'exit'))[0]).toBe(1)
    expect(errors).toMatch(/ERROR These environment variables are not usable: HF_TASK: .*; PORT: /)
  })

  it.each([
    ['/nowhere/to/be/found', 'cannot be read'],
    ['lib/domain', 'has no config.json'],
  ])('says why a folder is no model (%s), and exits with 1', async (folder, message) => {
    server = await startModelServer({ HF_TASK: 'text-classification', HF_MODEL_DIR: folder })
    expect((await server.exited).code).toBe(1)
    expect(server.output()).toMatch(new RegExp(`ERROR The model cannot be served: .*${message}`))
  })
})
