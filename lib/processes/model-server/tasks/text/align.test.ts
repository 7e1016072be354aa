import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignTokens, fillGaps, isContinuation, toWords } from './align'
import { windowsOf } from './windows'

describe('alignTokens', () => {
  it('finds word pieces whatever the tokenizer did to case, accents and spaces', () => {
    const text = 'Zürich  Straße'
    expect(alignTokens(text, ['zur', '##ich', 'stra', '##ße'])).toEqual([
      { start: 0, end: 3 },
      { start: 3, end: 6 },
      { start: 8, end: 12 },
      { start: 12, end: 14 },
    ])
    expect(alignTokens('a big cat', ['▁a', '▁big', 'Ġcat'])).toEqual([
      { start: 0, end: 1 },
      { start: 2, end: 5 },
      { start: 6, end: 9 },
    ])
  })

  it('counts in UTF-16 units, as JavaScript slices do', () => {
    const text = '🚢 boat'
    const [, span] = alignTokens(text, ['🚢', 'boat'])
    expect(text.slice(span?.start, span?.end)).toBe('boat')
  })

  it('leaves unknown tokens out and goes on after them', () => {
    const text = 'the ☃ melts'
    const spans = alignTokens(text, ['the', '[UNK]', 'melts'])
    expect(spans).toEqual([{ start: 0, end: 3 }, null, { start: 6, end: 11 }])
    expect(fillGaps(text, spans)[1]).toEqual({ start: 4, end: 5 })
  })

  it('gives spans in order that hold the token, for any words', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), words => {
        const text = words.join(' ')
        const spans = fillGaps(text, alignTokens(text, words))
        expect(spans.map(span => text.slice(span.start, span.end))).toEqual(words)
      }),
    )
  })
})

describe('words', () => {
  it('continue where neither side is a boundary', () => {
    expect(isContinuation('lovelace', { start: 0, end: 4 }, { start: 4, end: 8 })).toBe(true)
    expect(isContinuation('love.', { start: 0, end: 4 }, { start: 4, end: 5 })).toBe(false)
    expect(isContinuation('a b', { start: 0, end: 1 }, { start: 2, end: 3 })).toBe(false)
    expect(isContinuation('a', undefined, { start: 0, end: 1 })).toBe(false)
  })

  it('are widened to, both ways', () => {
    expect(toWords('in New York.', { start: 4, end: 9 })).toEqual({ start: 3, end: 11 })
    expect(toWords('a, b', { start: 1, end: 2 })).toEqual({ start: 1, end: 2 })
  })
})

describe('windowsOf', () => {
  const spans = Array.from({ length: 10 }, (_, index) => ({ start: index * 2, end: index * 2 + 1 }))

  it('is one when everything fits, and covers everything with the overlap asked for', () => {
    expect(windowsOf(spans, 30, 10, 2)).toEqual([{ start: 0, end: 30 }])
    expect(windowsOf(spans, 19, 4, 1)).toEqual([
      { start: 0, end: 7 },
      { start: 6, end: 13 },
      { start: 12, end: 19 },
    ])
  })

  it('always moves on', () => {
    expect(windowsOf(spans, 19, 3, 3)).toHaveLength(8)
  })
})
