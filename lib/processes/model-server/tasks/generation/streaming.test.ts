import { describe, expect, it } from 'vitest'
import { IncrementalDecoder } from './incremental-decoder'
import { GeneratedSequence } from './sequence'
import { StopMatcher } from './stop-matcher'

/** A tokenizer of bytes: characters of several bytes arrive in pieces. */
const decodeBytes = (ids: number[]) => new TextDecoder().decode(new Uint8Array(ids))

describe('IncrementalDecoder', () => {
  it('gives whole characters only, and all of them', () => {
    const decoder = new IncrementalDecoder(decodeBytes)
    const pieces = [...new TextEncoder().encode('a é 漢 🚢')].map(id => decoder.push(id))
    expect(pieces.join('')).toBe('a é 漢 🚢')
    expect(pieces.join('')).not.toContain('\ufffd')
    expect(pieces[2]).toBe('')
  })

  it('gives what is left, finished or not', () => {
    const decoder = new IncrementalDecoder(decodeBytes)
    expect(decoder.push(0xf0)).toBe('')
    expect(decoder.flush()).toBe('\ufffd')
    expect(decoder.flush()).toBe('')
  })

  it('keeps the space between the prompt and the first word', () => {
    const words = ['once', 'upon', 'a']
    const decode = (ids: number[]) => ids.map(id => words[id]).join(' ')
    const decoder = new IncrementalDecoder(decode, [0])
    expect([decoder.push(1), decoder.push(2)]).toEqual([' upon', ' a'])
  })
})

describe('StopMatcher', () => {
  it('cuts at the first of its sequences, however the text is sliced', () => {
    for (const size of [1, 2, 3, 7]) {
      const matcher = new StopMatcher(['END', '\n\n'])
      const text = 'some text\nmore EN and\n\nEND'
      let given = ''
      for (let at = 0; at < text.length; at += size) given += matcher.push(text.slice(at, at + size))
      expect(given).toBe('some text\nmore EN and')
      expect(matcher.matched).toBe('\n\n')
    }
  })

  it('holds back no more than might be a beginning, and gives it when nothing follows', () => {
    const matcher = new StopMatcher(['STOP'])
    expect(matcher.push('go ST')).toBe('go ')
    expect(matcher.push('AND')).toBe('STAND')
    expect(matcher.push(' ST')).toBe(' ')
    expect(matcher.flush()).toBe('ST')
  })
})

describe('GeneratedSequence', () => {
  const sequence = (stop: string[] = []) =>
    new GeneratedSequence({
      decode: decodeBytes,
      before: [],
      stop,
      endTokens: new Set([0]),
      specialTokens: new Set([0, 1]),
    })

  it('ends with its end token, which is no text', () => {
    const one = sequence()
    expect(one.push(97, -0.5)).toEqual({
      index: 1,
      token: { id: 97, text: 'a', logprob: -0.5, special: false },
      text: 'a',
    })
    expect(one.push(0, null).text).toBe('')
    expect(one.flush()).toBe('')
    expect(one.finish(3)).toMatchObject({
      text: 'a',
      finishReason: 'eos_token',
      promptTokens: 3,
      stopSequence: null,
    })
  })

  it('ends with a stop sequence, or for want of room', () => {
    const stopped = sequence(['b'])
    stopped.push(97, null)
    stopped.push(98, null)
    expect(stopped.isStopped).toBe(true)
    expect(stopped.finish(1)).toMatchObject({ text: 'a', finishReason: 'stop_sequence', stopSequence: 'b' })
    const cut = sequence(['bc'])
    cut.push(98, null)
    expect(cut.flush()).toBe('b')
    expect(cut.finish(1)).toMatchObject({ text: 'b', finishReason: 'length' })
  })
})
