import { expect, test } from 'vitest'
import { EMPTY_FILTER } from '@/lib/domain/logs/filter'
import { countsMore, densityBars, peakPerMinute, rangeOfBars } from './density-bars'

const MINUTE = 60_000
const density = {
  fromMs: 0,
  untilMs: 3 * MINUTE,
  bucketMs: MINUTE,
  // None, trace, debug, info, warning, error, critical.
  buckets: [{ atMs: MINUTE, counts: [1, 0, 2, 30, 4, 5, 6] }],
}
const all = { level: [], except: [] }

test('there is a bar for every piece of the range, with what it has of each level', () => {
  expect(densityBars(density, all)).toEqual([
    { atMs: 0, lines: 0, infos: 0, warnings: 0, errors: 0 },
    { atMs: MINUTE, lines: 48, infos: 30, warnings: 4, errors: 11 },
    { atMs: 2 * MINUTE, lines: 0, infos: 0, warnings: 0, errors: 0 },
  ])
})

test('levels that are filtered out are not counted', () => {
  expect(densityBars(density, { level: ['warning', 'none'], except: [] })[1]).toMatchObject({
    lines: 5,
    warnings: 4,
    errors: 0,
  })
  expect(densityBars(density, { level: [], except: ['level:info'] })[1]).toMatchObject({ lines: 18 })
})

test('two bars span a range, whichever way it was drawn', () => {
  const [first, second] = densityBars(density, all)
  if (!first || !second) throw new Error('There are three bars.')
  const range = { since: 0, until: 2 * MINUTE - 1 }
  expect(rangeOfBars(first, second, MINUTE)).toEqual(range)
  expect(rangeOfBars(second, first, MINUTE)).toEqual(range)
})

test('the fullest bar is a rate, however wide bars are', () => {
  expect(peakPerMinute(densityBars(density, all), MINUTE)).toBe(48)
  expect(peakPerMinute(densityBars({ ...density, bucketMs: 2 * MINUTE }, all), 2 * MINUTE)).toBe(0)
  expect(peakPerMinute([], 0)).toBe(0)
})

test('bars count more than a filter that asks for more than times and levels', () => {
  const timed = { ...EMPTY_FILTER, since: 1, until: 2, level: ['error' as const], except: ['level:info'] }
  expect(countsMore(timed)).toBe(false)
  expect(countsMore({ ...timed, q: 'x' })).toBe(true)
  expect(countsMore({ ...timed, except: ['stream:stderr'] })).toBe(true)
})
