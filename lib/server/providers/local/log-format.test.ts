import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  countNewlines,
  cutNote,
  formatLogPosition,
  linePrefix,
  logFileName,
  logFileNumbers,
  logHeader,
  MAX_LINE_BYTES,
  parseLogHeader,
  parseLogLine,
  parseLogLines,
  parseLogPosition,
} from './log-format'

test('a line keeps its time, stream and text', () => {
  const junk = '\0\u00ff\u001b\r \ufffd'
  const line = `${linePrefix(1_700_000_000_123, 'stderr')}${junk}`
  expect(parseLogLine(line)).toEqual({ timeMs: 1_700_000_000_123, stream: 'stderr', text: junk })
  expect(parseLogLine('17 o ')).toEqual({ timeMs: 17, stream: 'stdout', text: '' })
})

test.each(['', 'x', '17', '17 o', '17 x text', ' o text', '99999999999999999999 o x'])(
  'the damaged line %j keeps its text',
  text => {
    expect(parseLogLine(text).text).toBe(text)
  },
)

test('many lines are read as each alone', () => {
  const line = fc.oneof(
    fc
      .tuple(fc.nat(3), fc.constantFrom('o', 'e'), fc.string())
      .map(([ms, letter, text]) => `${ms} ${letter} ${text}`),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(line.map(text => text.replaceAll('\n', ''))), lines => {
      const { lines: parsed, count } = parseLogLines(lines.map(text => `${text}\n`).join(''))
      const each = parsed.flatMap(({ text, ...line }) =>
        text.split('\n').map(one => ({ ...line, text: one })),
      )
      expect(each).toEqual(lines.map(parseLogLine))
      expect(count).toBe(lines.length)
    }),
  )
})

test('what the shim cut off a line is a number, not text', () => {
  const long = 'x'.repeat(MAX_LINE_BYTES)
  expect(parseLogLine(`17 o ${long}${cutNote(1_234)}`)).toEqual({
    timeMs: 17,
    stream: 'stdout',
    text: long,
    cutBytes: 1_234,
  })
  // A short line that says so was written by the replica.
  expect(parseLogLine(`17 o ${cutNote(5)}`)).toEqual({ timeMs: 17, stream: 'stdout', text: cutNote(5) })
  expect(
    parseLogLines(`17 o ${long}${cutNote(1)}\n17 o a\n17 o ${long}${cutNote(2)}\n`).lines.map(
      line => line.cutBytes,
    ),
  ).toEqual([1, undefined, 2])
})

test('a header says how many lines came before, and a torn one is no header', () => {
  const header = logHeader(123_456)
  expect(parseLogHeader(Buffer.from(`${header}17 o x\n`))).toEqual({
    linesBefore: 123_456,
    bytes: header.length,
  })
  expect(parseLogHeader(Buffer.from(header.slice(0, -1)))).toBeNull()
  expect(parseLogHeader(Buffer.alloc(0))).toBeNull()
})

test('files are put in the order of their numbers; other names are none', () => {
  expect(logFileNumbers([logFileName(10), 'x.log', logFileName(9), '00000001.log.tmp'])).toEqual([9, 10])
})

test('a position survives being written down; anything else is no position', () => {
  const position = { file: 3, offset: 8_388_608, line: 120_000 }
  expect(parseLogPosition(formatLogPosition(position))).toEqual(position)
  for (const text of [null, '', '1:2', '1:2:3:4', '-1:2:3', 'a:b:c'])
    expect(parseLogPosition(text)).toBeNull()
})

test('newlines are counted', () => {
  expect(countNewlines(Buffer.from('\na\n\nb'))).toBe(3)
})
