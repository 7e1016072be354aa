import { describe, expect, it } from 'vitest'
import { usageIn } from './usage'

const of = (text: string) => usageIn(Buffer.from(text))

describe('token usage', () => {
  it('is read from a chat answer', () => {
    const usage = { prompt_tokens: 7, completion_tokens: 11, total_tokens: 18, details: { cached: 2 } }
    expect(of(JSON.stringify({ choices: [{ text: 'a } b' }], usage }))).toEqual({
      tokensIn: 7,
      tokensOut: 11,
    })
  })

  it('is read from input and output counts, and without an output', () => {
    expect(of('{"usage":{"input_tokens":3,"output_tokens":4}}')).toEqual({ tokensIn: 3, tokensOut: 4 })
    expect(of('{"usage":{"prompt_tokens":5,"total_tokens":5}}')).toEqual({ tokensIn: 5, tokensOut: 0 })
  })

  it('is the last one of a stream', () => {
    const stream = [
      'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1}}',
      'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":9}}',
      'data: [DONE]',
    ].join('\n\n')
    expect(of(stream)).toEqual({ tokensIn: 1, tokensOut: 9 })
  })

  it.each([
    '[{"label":"usage","score":1}]',
    '{"usage":null}',
    '{"usage":{"prompt_tokens":-1}}',
    '{"usage":{"prompt_tokens":1',
    '"usage" is a word {}',
    '',
  ])('is null for %s', text => expect(of(text)).toBeNull())
})
