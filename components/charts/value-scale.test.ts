import { expect, test } from 'vitest'
import { linearScale, logScale } from './value-scale'

test('an axis begins at zero and ends at a round number that no value exceeds', () => {
  const { ticks, shareOf } = linearScale('ms', [3, 870])
  expect(ticks).toEqual([0, 200, 400, 600, 800, 1000])
  expect(shareOf(870)).toBe(0.87)
  expect(shareOf(0)).toBe(0)
})

test('counts have whole numbers only, few or many', () => {
  for (const most of [1, 2, 3, 7, 1234]) {
    const { ticks, shareOf } = linearScale('count', [most])
    expect(ticks.every(Number.isInteger)).toBe(true)
    expect(ticks.length).toBeGreaterThan(1)
    expect(shareOf(most)).toBeLessThanOrEqual(1)
  }
})

test('bytes are round in the unit they are shown in', () => {
  expect(linearScale('bytes', [3.7 * 1024 ** 3]).ticks).toEqual([0, 1, 2, 3, 4].map(gib => gib * 1024 ** 3))
  expect(linearScale('bytes', [700]).ticks.at(-1)).toBe(800)
})

test('shares end at the whole where the chart says so, and nothing at all still has an axis', () => {
  expect(linearScale('share', [0.2], 1).ticks.at(-1)).toBe(1)
  const { ticks, shareOf } = linearScale('count', [0, 0])
  expect(ticks).toEqual([0, 1])
  expect(shareOf(0)).toBe(0)
})

test('a log axis holds every value between two of its numbers', () => {
  const { ticks, shareOf } = logScale([12, 870])
  expect(ticks).toEqual([10, 20, 50, 100, 200, 500, 1000])
  expect(shareOf(10)).toBe(0)
  expect(shareOf(100)).toBeCloseTo(0.5)
  expect(shareOf(1000)).toBe(1)
})

test('a log axis over many decades names powers of ten, and one value or none still has two ends', () => {
  expect(logScale([0.02, 90_000]).ticks.every(tick => Number.isInteger(Math.log10(tick)))).toBe(true)
  expect(logScale([100]).ticks).toEqual([100, 200])
  expect(logScale([]).ticks).toEqual([1, 10])
  // Nothing has no logarithm: it lies at the bottom.
  expect(logScale([0, 5, 50]).shareOf(0)).toBe(0)
})
