import { expect, test } from 'vitest'
import { joined, MAX_RANGES, textRanges } from './ranges'

const any = (text: string) => ({ text, matchCase: false })

test('matches are marked where they are', () => {
  expect(textRanges('a.b aXb A.B', [any('a.b')])).toEqual([
    [0, 3],
    [8, 11],
  ])
  expect(textRanges('a.b A.B', [{ text: 'A.B', matchCase: true }])).toEqual([[4, 7]])
  expect(textRanges('aaa', [any('')])).toEqual([])
  expect(textRanges('one two', [any('two'), any('one t')])).toEqual([[0, 7]])
})

test('a letter that is longer in lower case moves no mark', () => {
  expect(textRanges('İ needle', [any('needle')])).toEqual([[2, 8]])
})

test('marks have an end', () => {
  expect(textRanges('ab '.repeat(1_000), [any('ab')])).toHaveLength(MAX_RANGES)
})

test('what touches is one', () => {
  expect(
    joined([
      [5, 9],
      [0, 2],
      [2, 3],
      [6, 7],
    ]),
  ).toEqual([
    [0, 3],
    [5, 9],
  ])
})
