import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchAfter, linesOf, rangeOf, toBatch, type WireBatch } from './batch'
import { LOG_LEVELS, LOG_STREAMS, type LogLine } from './line'

const line = fc.record(
  {
    timeMs: fc.nat(),
    stream: fc.constantFrom(...LOG_STREAMS),
    level: fc.constantFrom(null, ...LOG_LEVELS),
    requestId: fc.option(fc.string({ minLength: 4 })),
    replicaId: fc.constantFrom('a', 'b', 'c'),
    revision: fc.constantFrom(1, 2),
    text: fc.string({ unit: 'grapheme' }),
    cutBytes: fc.nat(),
    continues: fc.constant(true as const),
    dropped: fc.nat(),
  },
  { requiredKeys: ['timeMs', 'stream', 'level', 'requestId', 'replicaId', 'revision', 'text'] },
)
const numberedFrom = (first: number, lines: readonly Omit<LogLine, 'seq'>[]): LogLine[] =>
  lines.map((one, index) => ({ ...one, seq: first + index }))

test('lines survive the wire, and the range is read from the first bytes', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e9 }), fc.array(line, { minLength: 1, maxLength: 20 }), (first, raw) => {
      const lines = numberedFrom(first, raw)
      const range = { first, last: first + lines.length - 1 }
      const json = JSON.stringify(toBatch(lines, range))
      expect(rangeOf(json)).toEqual(range)
      expect(linesOf(JSON.parse(json) as WireBatch)).toEqual(lines)
    }),
  )
})

test('what lies behind a number is exactly the rest, also where a filter left lines out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(line, fc.boolean()), { minLength: 1, maxLength: 20 }),
      fc.nat({ max: 25 }),
      (raw, after) => {
        const all = numberedFrom(
          1,
          raw.map(([one]) => one),
        )
        const kept = all.filter((_, index) => raw[index]?.[1])
        const rest = batchAfter(toBatch(kept, { first: 1, last: all.length }), after)
        expect(rest ? linesOf(rest) : []).toEqual(kept.filter(one => one.seq > after))
        if (rest) expect(rest.last).toBe(all.length)
      },
    ),
  )
})

test('other messages have no range', () => {
  expect(rangeOf('{"type":"gap","first":1,"last":2}')).toBeNull()
})
