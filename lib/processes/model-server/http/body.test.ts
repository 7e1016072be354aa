import { describe, expect, it } from 'vitest'
import { decodeBody } from './body'
import { acceptsBytes } from './content-types'

const bytes = (text: string) => new TextEncoder().encode(text)
const none = new URLSearchParams()
const decode = (body: string, type = 'application/json', query = none) =>
  decodeBody(bytes(body), type, query, 'image-classification')

describe('decodeBody', () => {
  it('keeps inputs, parameters and options apart, and notices streaming', () => {
    expect(decode('{"inputs":"x","parameters":{"top_k":2},"normalize":true,"stream":true}')).toEqual({
      ok: true,
      data: {
        payload: { kind: 'json', inputs: 'x', parameters: { top_k: 2 }, options: { normalize: true } },
        stream: true,
      },
    })
  })

  it('takes parameters from the query when the body has none', () => {
    const query = new URLSearchParams('top_k=2&multi_label=true&threshold=0.5&name=x')
    expect(decode('{"inputs":1}', 'application/json', query)).toMatchObject({
      data: { payload: { parameters: { top_k: 2, multi_label: true, threshold: 0.5, name: 'x' } } },
    })
    expect(decode('{"inputs":1,"parameters":{}}', 'application/json', query)).toMatchObject({
      data: { payload: { parameters: {} } },
    })
  })

  it.each(['application/json', 'application/JSON; charset=UTF-8', 'image/PNG', 'audio/webm;codecs=opus'])(
    'takes %s',
    type => {
      expect(decode('{"inputs":1}', type).ok).toBe(true)
    },
  )

  it('reads raw bytes as what the task is about', () => {
    expect(decode('x', 'application/octet-stream')).toMatchObject({
      data: { payload: { kind: 'bytes', contentType: 'image/x-image' } },
    })
    expect(decodeBody(bytes('x'), 'application/octet-stream', none, 'fill-mask').ok).toBe(false)
  })

  it.each([
    ['{"inputs":null}', 'Body needs to provide a inputs key'],
    ['"text"', 'must be a JSON object'],
    ['nonsense', 'not valid JSON'],
    [' ', 'empty'],
    ['{"inputs":1,"stream":"yes"}', '"stream"'],
  ])('refuses %s', (body, message) => {
    const result = decode(body)
    expect(result.ok ? '' : result.error.message).toContain(message)
  })

  it('does not echo a whole wrong body', () => {
    const result = decode(JSON.stringify({ input: 'x'.repeat(10_000) }))
    expect(result.ok ? 0 : result.error.message.length).toBeLessThan(300)
  })
})

describe('acceptsBytes', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['application/json, image/png', false],
    ['image/png', true],
    ['text/html, image/webp;q=0.9', true],
    ['audio/wav', false],
  ])('for images, Accept %s is %s', (accept, expected) => {
    expect(acceptsBytes(accept, 'image')).toBe(expected)
  })
})
