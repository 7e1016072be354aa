import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOf } from './words'

const words = (text: string) =>
  wordsOf(text)
    .filter(piece => piece.isWord)
    .map(piece => piece.text)

test('words are what somebody would search for', () => {
  expect(words('WARNING request id=demo-1 POST /v1/chat 400 0.9ms: too long.')).toEqual([
    'WARNING',
    'request',
    'id',
    'demo-1',
    'POST',
    '/v1/chat',
    '400',
    '0.9ms',
    'too',
    'long',
  ])
  expect(words('{"level":"error", "größe": 3} -- →')).toEqual(['level', 'error', 'größe', '3'])
})

// Letters, what stands between words, and what is neither: control characters and half of a pair.
const character = fc.constantFrom(...'aZ0ö日 \t"=(|.:-\u0000\u001b\u200b', '\ud83d', '😀')

test('nothing of a text is lost, whatever it is, and the end of an endless one is not cut up', () => {
  fc.assert(
    fc.property(
      fc.array(character, { maxLength: 200 }).map(all => all.join('')),
      text => {
        const pieces = wordsOf(text)
        expect(pieces.map(piece => piece.text).join('')).toBe(text)
        expect(pieces.every(piece => text.startsWith(piece.text, piece.at))).toBe(true)
      },
    ),
  )
  expect(wordsOf('word '.repeat(10_000))).toHaveLength(800)
})
