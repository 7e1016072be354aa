import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_LINE_BYTES, parseLogLine } from '@/lib/server/providers/local/log-format'
import { LineEncoder } from './line-encoder'

/** Feeds the chunks one millisecond apart and reads back what was encoded. */
function encode(chunks: Buffer[], encoder = new LineEncoder('stdout')) {
  const pieces = [...chunks.map((chunk, index) => encoder.push(chunk, 1000 + index)), encoder.end()]
  const whole = Buffer.concat(pieces.map(piece => piece.bytes))
  const lines: ReturnType<typeof parseLogLine>[] = []
  for (let start = 0; start < whole.length; ) {
    const end = whole.indexOf(10, start)
    lines.push(parseLogLine(whole.toString('latin1', start, end)))
    start = end + 1
  }
  expect(lines).toHaveLength(pieces.reduce((sum, piece) => sum + piece.lines, 0))
  return lines
}

const texts = (chunks: Buffer[]) => encode(chunks).map(line => line.text)

test('however the bytes are cut into chunks, the lines are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), arrays => {
      const chunks = arrays.map(array => Buffer.from(array.map(byte => (byte % 5 === 0 ? 10 : byte))))
      const whole = Buffer.concat(chunks).toString('latin1')
      const expected = whole.split('\n')
      if (expected.at(-1) === '') expected.pop()
      expect(texts(chunks)).toEqual(expected)
    }),
  )
})

test('a held line has the time of its first byte', () => {
  const lines = encode([Buffer.from('one\ntw'), Buffer.from('o\nthree')])
  expect(lines.map(line => [line.text.toString(), line.timeMs])).toEqual([
    ['one', 1000],
    ['two', 1000],
    ['three', 1001],
  ])
})

test('a line over the limit is cut, whether it comes in one chunk or many, and says how much is missing', () => {
  const long = Buffer.alloc(MAX_LINE_BYTES + 1234, 'x')
  const inOne = encode([Buffer.concat([long, Buffer.from('\nnext\n')])])
  const inMany = encode([
    long.subarray(0, 10),
    long.subarray(10, 70_000),
    long.subarray(70_000),
    Buffer.from('\nnext'),
  ])
  for (const [cut, next, ...rest] of [inOne, inMany]) {
    expect(cut).toMatchObject({ text: 'x'.repeat(MAX_LINE_BYTES), cutBytes: 1234 })
    expect(next?.text).toBe('next')
    expect(rest).toEqual([])
  }
})

test('a line of exactly the limit is whole', () => {
  expect(texts([Buffer.concat([Buffer.alloc(MAX_LINE_BYTES, 'y'), Buffer.from('\n')])])).toEqual([
    'y'.repeat(MAX_LINE_BYTES),
  ])
})
