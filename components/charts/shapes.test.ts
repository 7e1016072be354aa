import { expect, test } from 'vitest'
import { barPath, linePath, lonelyPoints, type Place, stepPath } from './shapes'

/** Buckets of ten pixels side by side. */
const places = (...heights: (number | null)[]): Place[] =>
  heights.map((y, index) => ({ left: index * 10, right: index * 10 + 10, y }))

test('a line leads through the middles of its buckets, and a gap is a gap', () => {
  expect(linePath(places(3, 4, null, 5, 6))).toBe('M5,3L15,4M35,5L45,6')
  expect(linePath(places(null, null))).toBe('')
})

test('the only point of a chart needs a dot, and so does one between gaps', () => {
  expect(lonelyPoints(places(12))).toEqual([{ x: 5, y: 12 }])
  expect(lonelyPoints(places(1, 2, null, 12, null))).toEqual([{ x: 35, y: 12 }])
  expect(lonelyPoints(places(12, 3, 4))).toEqual([])
})

test('steps are level over whole buckets, also where one stands alone', () => {
  expect(stepPath(places(3, 4, null, 5))).toBe('M0,3V3H10V4H20M30,5V5H40')
  expect(stepPath(places(3), 100)).toBe('M0,100V3H10V100Z')
})

test('a bar stands on its floor, leaves its share of the bucket free, and is left out when it has no height', () => {
  expect(barPath(places(3, 20, null), [10, 20, 20], 0.2)).toBe('M1,10V3H9V10Z')
})
