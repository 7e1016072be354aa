import { describe, expect, it } from 'vitest'
import { parseChat, parseCompletion } from './openai-request'

const messages = [{ role: 'user', content: 'hi' }]
const input = (body: object) => {
  const parsed = parseChat({ messages, ...body })
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.data.input
}

describe("OpenAI's requests", () => {
  it('leave sampling to the model unless they ask for it', () => {
    expect(input({}).parameters).toEqual({ max_new_tokens: undefined })
    expect(input({ temperature: 0 }).parameters).toMatchObject({ do_sample: false })
    expect(input({ temperature: 0.5 }).parameters).toMatchObject({ do_sample: true, temperature: 0.5 })
    expect(input({ top_p: 0.9 }).parameters).toMatchObject({ do_sample: true, top_p: 0.9 })
  })

  it('join text parts, and take one stop or several, and null for "not set"', () => {
    const content = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]
    const parsed = input({ messages: [{ role: 'user', content }], stop: 'x', seed: null, max_tokens: null })
    expect(parsed.prompts).toEqual([{ kind: 'chat', messages: [{ role: 'user', content: 'ab' }] }])
    expect(parsed.stop).toEqual(['x'])
    expect(parsed.seed).toBeNull()
  })

  it('may limit tokens by the newer name', () => {
    expect(input({ max_tokens: 5, max_completion_tokens: 7 }).parameters.max_new_tokens).toBe(7)
  })

  it('complete 16 tokens unless told otherwise', () => {
    expect(parseCompletion({ prompt: 'x' })).toMatchObject({
      data: { input: { parameters: { max_new_tokens: 16 } } },
    })
  })

  it.each([
    [{ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }] }, 'messages.0.content'],
    [{ messages, frequency_penalty: 1 }, 'frequency_penalty'],
    [{ messages, presence_penalty: 1 }, 'presence_penalty'],
    [{ messages, logit_bias: { 1: 2 } }, 'logit_bias'],
    [{ messages, n: 99 }, 'n: '],
  ])('are refused with the field that is wrong: %j', (body, field) => {
    const parsed = parseChat(body)
    expect(parsed.ok ? '' : parsed.error.message).toContain(field)
  })
})
