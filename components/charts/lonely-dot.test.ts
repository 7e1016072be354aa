import { expect, test } from 'vitest'
import { isLonely } from './lonely-dot'

test('the only point of a chart needs a dot, and so does one between gaps', () => {
  expect(isLonely([{ y: 12 }], 0)).toBe(true)
  expect(isLonely([{ y: null }, { y: 12 }, { y: null }], 1)).toBe(true)
})

test('a point with a neighbour has a line, and a gap has nothing to show', () => {
  expect(isLonely([{ y: 12 }, { y: 3 }], 0)).toBe(false)
  expect(isLonely([{ y: 12 }, { y: 3 }, { y: null }], 1)).toBe(false)
  expect(isLonely([{ y: null }], 0)).toBe(false)
})
