import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type RunningModelServer, serveTinyModel } from '@/lib/testing/model-server'
import { storyteller } from '@/lib/testing/models/generation-models'

const STORY = 'once upon a time there was one little boat.'

let server: RunningModelServer
beforeAll(async () => {
  server = await serveTinyModel('text-generation', storyteller())
})
afterAll(() => server.stop())

const post = (path: string, body: unknown) => ask(`${server.url}${path}`, body)

/** The data of each event, parsed unless it is `[DONE]`. */
async function events(path: string, body: unknown): Promise<unknown[]> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const frames = (await response.text()).split('\n\n').filter(Boolean)
  return frames.map(frame => {
    const data = frame.replace(/^data: ?/, '')
    return data === '[DONE]' ? data : JSON.parse(data)
  })
}

describe('text generation as the toolkit answers it', () => {
  it('gives the prompt and what follows', async () => {
    const answer = await post('/', { inputs: 'once' })
    expect(answer).toMatchObject({ status: 200, body: [{ generated_text: STORY }] })
    expect(answer.headers.get('x-prompt-tokens')).toBe('1')
    expect(answer.headers.get('x-generated-tokens')).toBe('10')
  })

  it('gives only what follows, up to a limit or a stop sequence', async () => {
    const short = { max_new_tokens: 3, return_full_text: false }
    expect((await post('/predict', { inputs: 'once', parameters: short })).body).toEqual([
      { generated_text: ' upon a time' },
    ])
    const stopped = { stop: ['there'], return_full_text: false }
    expect((await post('/', { inputs: 'once', parameters: stopped })).body).toEqual([
      { generated_text: ' upon a time there' },
    ])
  })

  it('answers several prompts, several times, and conversations', async () => {
    const parameters = { num_return_sequences: 2, max_new_tokens: 1, return_full_text: false }
    const { body } = await post('/', { inputs: ['once', 'there'], parameters })
    expect(body).toEqual([' upon', ' upon', ' was', ' was'].map(generated_text => ({ generated_text })))
    const chat = [{ role: 'user', content: 'once' }]
    expect((await post('/', { inputs: chat })).body).toEqual([
      { generated_text: [...chat, { role: 'assistant', content: 'hello dear friend' }] },
    ])
  })

  it('details tokens with their log-probabilities', async () => {
    const { body } = await post('/', { inputs: 'friend', parameters: { details: true } })
    expect(body).toMatchObject([
      {
        details: {
          finish_reason: 'eos_token',
          generated_tokens: 1,
          tokens: [{ text: '<eos>', special: true, logprob: expect.closeTo(0, 1) }],
        },
      },
    ])
  })

  it('repeats itself with the same seed', async () => {
    const parameters = {
      do_sample: true,
      temperature: 5,
      seed: 7,
      return_full_text: false,
      max_new_tokens: 8,
    }
    const [first, second] = await Promise.all([1, 2].map(() => post('/', { inputs: 'little', parameters })))
    expect(first?.body).toEqual(second?.body)
  })

  it("streams in TGI's shape", async () => {
    const all = (await events('/', { inputs: 'one', stream: true, parameters: { max_new_tokens: 20 } })) as {
      index: number
      token: { text: string; logprob: number }
      generated_text: string | null
      details: unknown
    }[]
    expect(all.map(event => event.token.text)).toEqual([' little', ' boat', '.', '<eos>'])
    expect(all.map(event => event.index)).toEqual([1, 2, 3, 4])
    expect(all.slice(0, -1).every(event => event.generated_text === null)).toBe(true)
    expect(all.at(-1)).toMatchObject({
      generated_text: ' little boat.',
      details: { finish_reason: 'eos_token', generated_tokens: 4, input_length: 1 },
    })
  })
})

describe('/v1/chat/completions', () => {
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'once' }] }]

  it("answers in OpenAI's shape", async () => {
    expect((await post('/v1/chat/completions', { model: 'any', messages })).body).toEqual({
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion',
      created: expect.any(Number),
      model: expect.any(String),
      system_fingerprint: 'slipway',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'hello dear friend' },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
    })
  })

  it('streams role, content, end, usage and [DONE]', async () => {
    const chunks = (await events('/v1/chat/completions', {
      messages,
      stream: true,
      stream_options: { include_usage: true },
    })) as { choices: { delta: { role?: string; content?: string }; finish_reason: string | null }[] }[]
    const choices = chunks.flatMap(chunk => chunk.choices ?? [])
    expect(choices[0]?.delta).toEqual({ role: 'assistant', content: '' })
    expect(choices.map(choice => choice.delta.content ?? '').join('')).toBe('hello dear friend')
    expect(choices.at(-1)?.finish_reason).toBe('stop')
    expect(chunks.at(-2)).toMatchObject({ choices: [], usage: { completion_tokens: 4 } })
    expect(chunks.at(-1)).toBe('[DONE]')
  })

  it('keeps to max_tokens, n, stop and logprobs', async () => {
    const { body } = await post('/v1/chat/completions', { messages, max_tokens: 2, n: 2, logprobs: true })
    expect(body).toMatchObject({
      choices: [
        {
          index: 0,
          message: { content: 'hello dear' },
          finish_reason: 'length',
          logprobs: { content: [{}, {}] },
        },
        { index: 1, message: { content: 'hello dear' } },
      ],
      usage: { prompt_tokens: 3, completion_tokens: 4 },
    })
    const stopped = await post('/v1/chat/completions', { messages, stop: ' friend' })
    expect(stopped.body).toMatchObject({
      choices: [{ message: { content: 'hello dear' }, finish_reason: 'stop' }],
    })
  })

  it.each([
    [{ messages: [] }, 'messages'],
    [{ messages, response_format: { type: 'json_object' } }, 'response_format'],
    [{ messages, tools: [{}] }, 'tools'],
    [{ messages, temperature: 9 }, 'temperature'],
  ])("refuses what it cannot do in OpenAI's error shape", async (body, field) => {
    expect(await post('/v1/chat/completions', body)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(field), type: 'invalid_request_error' } },
    })
  })
})

describe('/v1/completions and /v1/models', () => {
  it('completes prompts', async () => {
    const { body } = await post('/v1/completions', { prompt: ['once', 'there'], max_tokens: 1, echo: true })
    expect(body).toMatchObject({
      object: 'text_completion',
      choices: [
        { index: 0, text: 'once upon', finish_reason: 'length' },
        { index: 1, text: 'there was' },
      ],
      usage: { prompt_tokens: 2, completion_tokens: 2, total_tokens: 4 },
    })
  })

  it('streams text', async () => {
    const chunks = (await events('/v1/completions', { prompt: 'one', max_tokens: 9, stream: true })) as {
      choices: { text: string }[]
    }[]
    expect(
      chunks
        .flatMap(chunk => chunk.choices ?? [])
        .map(choice => choice.text)
        .join(''),
    ).toBe(' little boat.')
  })

  it('lists the one model', async () => {
    const response = await fetch(`${server.url}/v1/models`)
    expect(await response.json()).toMatchObject({
      object: 'list',
      data: [{ object: 'model', owned_by: 'slipway' }],
    })
  })
})

describe('limits', () => {
  it('says how long a prompt may be', async () => {
    const { status, body } = await post('/', { inputs: 'once '.repeat(5000) })
    expect(status).toBe(400)
    expect(body).toEqual({
      error: 'The prompt has 5000 tokens; this model takes 4096, prompt and answer together.',
    })
  })

  it('stops generating when the client leaves, and answers the next one at once', async () => {
    const leaving = new AbortController()
    const body = JSON.stringify({ prompt: 'ping', max_tokens: 4000, stream: true })
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(`${server.url}/v1/completions`, {
      method: 'POST',
      headers,
      body,
      signal: leaving.signal,
    })
    await response.body?.getReader().read()
    leaving.abort()
    const started = performance.now()
    expect((await post('/', { inputs: 'friend' })).status).toBe(200)
    expect(performance.now() - started).toBeLessThan(2000)
    await expect.poll(() => server.output()).toMatch(/WARNING request id=\S+ POST \/v1\/completions 499/)
  })
})
