import { expect, test } from 'vitest'
import { newLines } from './logs'

const START = { lines: 0, last: '' }
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}`)

test('each line of a growing log is new once', () => {
  const first = newLines(numbered(0, 3), START, 100)
  expect(first).toMatchObject({ fresh: numbered(0, 3), lostLines: 0 })
  expect(newLines(numbered(0, 3), first.next, 100).fresh).toEqual([])
  const second = newLines(numbered(0, 5), first.next, 100)
  expect(second).toMatchObject({ fresh: numbered(3, 5), lostLines: 0, next: { lines: 5 } })
})

test('lines that are all alike are counted', () => {
  const first = newLines(['ok', 'ok'], START, 100)
  expect(newLines(['ok', 'ok', 'ok'], first.next, 100).fresh).toEqual(['ok'])
})

test('of a log longer than what is given, the place is found by what was read last', () => {
  const first = newLines(numbered(0, 50), START, 50)
  expect(newLines(numbered(10, 60), first.next, 50)).toMatchObject({ fresh: numbered(50, 60), lostLines: 0 })
})

test('what was overwritten between two looks is said to be lost', () => {
  const first = newLines(numbered(0, 50), START, 50)
  expect(newLines(numbered(200, 250), first.next, 50)).toMatchObject({
    fresh: numbered(200, 250),
    lostLines: 1,
  })
})

test('a container that began anew is read from its first line', () => {
  const first = newLines(numbered(0, 5), START, 100)
  expect(newLines(['again'], first.next, 100)).toMatchObject({
    fresh: ['again'],
    lostLines: 0,
    next: { lines: 1 },
  })
})
