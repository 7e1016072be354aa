import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bitsOfText, gramsOf, hasBits } from './grams'

const spelled = (text: string) => JSON.stringify(text).slice(1, -1)
const mayHold = (payload: string, text: string) =>
  hasBits(gramsOf(Buffer.from(JSON.stringify(payload))), 0, bitsOfText(spelled(text)))

test('never rules out a block that holds the text, in whatever case', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 })
  fc.assert(
    fc.property(text, text, text, (before, within, after) => {
      for (const block of [`${before}${within}${after}`, `${before}${within.toUpperCase()}${after}`])
        if (block.toLowerCase().includes(within.toLowerCase())) expect(mayHold(block, within)).toBe(true)
    }),
  )
})

test('rules out blocks without it', () => {
  const block = 'INFO: 127.0.0.1 "POST /generate HTTP/1.1" 200 OK '.repeat(50)
  expect(mayHold(block, 'cache evicted')).toBe(false)
  expect(mayHold(block, 'post /GENERATE')).toBe(true)
  // Too short to say anything of.
  expect(mayHold(block, 'zz')).toBe(true)
})

test.each([
  ['colours inside the text', 'ca\u001b[31mche\u001b[0m evicted', 'cache evicted'],
  ['another escape sequence inside it', 'ca\u001b[2Kche evicted', 'cache evicted'],
  ['the sign of Kelvin', '300 \u212aelvin', 'kelvin'],
  ['the sequence spelled out', 'a \\u001b[31m b', '\\u001b[31m'],
])('lets pass %s', (_, block, text) => {
  expect(mayHold(block, text)).toBe(true)
})
