import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAnsi, stripAnsi } from './ansi'
import { lastRewrite, visible } from './visible'

test('colours, weights and their ends become spans', () => {
  expect(parseAnsi('a\u001b[1;31mred\u001b[22m thin\u001b[0m b')).toEqual([
    { text: 'a', style: {} },
    { text: 'red', style: { bold: true, foreground: { kind: 'palette', index: 1 } } },
    { text: ' thin', style: { foreground: { kind: 'palette', index: 1 } } },
    { text: ' b', style: {} },
  ])
})

test('256 colours and exact ones', () => {
  const colourOf = (code: string) => parseAnsi(`\u001b[${code}mx`)[0]?.style
  expect(colourOf('38;5;9')).toEqual({ foreground: { kind: 'palette', index: 9 } })
  expect(colourOf('38;5;196')).toEqual({ foreground: { kind: 'rgb', r: 255, g: 0, b: 0 } })
  expect(colourOf('48;5;244')).toEqual({ background: { kind: 'rgb', r: 128, g: 128, b: 128 } })
  expect(colourOf('38;2;1;2;3')).toEqual({ foreground: { kind: 'rgb', r: 1, g: 2, b: 3 } })
  expect(colourOf('38;2;1;2;999')).toEqual({})
  expect(colourOf('94')).toEqual({ foreground: { kind: 'palette', index: 12 } })
})

test('cursor moves, titles and links leave only their text', () => {
  expect(stripAnsi('\u001b[2K\u001b[1Aup')).toBe('up')
  expect(stripAnsi('\u001b]0;title\u0007text')).toBe('text')
  expect(stripAnsi('\u001b]8;;javascript:alert(1)\u001b\\click\u001b]8;;\u001b\\')).toBe('click')
  expect(stripAnsi('cut \u001b[31')).toBe('cut ')
})

test('the spans are always the stripped text, and nothing of it can act on a screen', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '\u001b',
      '\u001b[',
      '\u001b]',
      '\u0007',
      '\u001b\\',
      'm',
      '31',
      ';',
      '38;5;',
      '\u009b',
      '\u202e',
      '\0',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
      const text = pieces.join('')
      const spans = parseAnsi(text)
      const joined = spans.map(span => span.text).join('')
      expect(joined).toBe(stripAnsi(text))
      expect(visible(joined)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
    }),
    { numRuns: 300 },
  )
}, 30_000)

test('of a progress bar the last state is shown', () => {
  expect(lastRewrite('10%\r50%\r100%')).toBe('100%')
  expect(lastRewrite('100%\r')).toBe('100%')
  expect(lastRewrite('plain')).toBe('plain')
})
