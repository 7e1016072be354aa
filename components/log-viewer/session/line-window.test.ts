import { expect, test } from 'vitest'
import type { LogLine } from '@/lib/domain/logs/line'
import { blockAround } from './block-around'
import { addNewer, addOlder, emptyWindow, indexOfSeq, MAX_LINES } from './line-window'

const line = (seq: number, more: Partial<LogLine> = {}): LogLine => ({
  seq,
  timeMs: seq,
  stream: 'stdout',
  level: null,
  requestId: null,
  replicaId: 'a',
  revision: 1,
  text: `line ${seq}`,
  ...more,
})
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index))

test('a window grows at both ends and takes no line twice', () => {
  let window = addNewer(emptyWindow(100), lines(99, 103), 103)
  window = addOlder(window, lines(95, 101), 95)
  expect(window.lines.map(one => one.seq)).toEqual([95, 96, 97, 98, 99, 100, 101, 102, 103])
  expect(window).toMatchObject({ first: 95, last: 103, cappedOlder: false, cappedNewer: false })
})

test('a filter that lets nothing through moves the ends all the same', () => {
  const window = addOlder(addNewer(emptyWindow(10), [], 20), [], 1)
  expect(window).toMatchObject({ lines: [], first: 1, last: 20 })
})

test('beyond the cap the other end is let go of, and can be read again from there', () => {
  const full = addNewer(emptyWindow(0), lines(1, MAX_LINES), MAX_LINES)
  const newer = addNewer(full, lines(MAX_LINES + 1, MAX_LINES + 10), MAX_LINES + 10)
  expect(newer).toMatchObject({ first: 11, last: MAX_LINES + 10, cappedOlder: true })
  const older = addOlder(newer, lines(1, 10), 1)
  expect(older).toMatchObject({ first: 1, last: MAX_LINES, cappedNewer: true })
  expect(older.lines).toHaveLength(MAX_LINES)
})

test('a line is found by its number, or the next one', () => {
  const some = [line(2), line(5), line(9)]
  expect([1, 2, 3, 9, 10].map(seq => indexOfSeq(some, seq))).toEqual([0, 0, 1, 2, -1])
})

test('a block is one replica’s lines that belong together, whoever writes in between', () => {
  const mixed = [
    line(1),
    line(2, { replicaId: 'b' }),
    line(3, { continues: true }),
    line(4, { replicaId: 'b', continues: true }),
    line(5, { continues: true }),
    line(6),
  ]
  for (const index of [0, 2, 4]) expect(blockAround(mixed, index).map(one => one.seq)).toEqual([1, 3, 5])
  expect(blockAround(mixed, 5).map(one => one.seq)).toEqual([6])
})
