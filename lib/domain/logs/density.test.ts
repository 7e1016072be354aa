import { expect, test } from 'vitest'
import { densityOf, MINUTE_MS, mergeTally, type Tally, tallyBatch } from './density'

const AT = Date.UTC(2026, 0, 31, 12)
const INFO = 3
const ERROR = 5

/** So many info lines in each minute from AT on, and one error in the first. */
function tally(minutes: number, perMinute = 10): Tally {
  const counted: Tally = new Map()
  tallyBatch(counted, { sinceMs: AT, heads: [[1, 0, 0, 0, ERROR, 0]] })
  for (let minute = 0; minute < minutes; minute += 1)
    tallyBatch(counted, { sinceMs: AT, heads: [[perMinute, 0, minute * MINUTE_MS + 1, 0, INFO, 0]] })
  return counted
}
const totalOf = ({ buckets }: ReturnType<typeof densityOf>) =>
  buckets.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0)

test('counts lines by minute and level', () => {
  const { bucketMs, fromMs, buckets } = densityOf(tally(3), { nowMs: AT + 3 * MINUTE_MS })
  // Half an hour at least.
  expect({ bucketMs, fromMs }).toEqual({ bucketMs: MINUTE_MS, fromMs: AT - 27 * MINUTE_MS })
  expect(buckets.map(({ atMs, counts }) => [atMs - AT, counts[INFO], counts[ERROR]])).toEqual([
    [0, 10, 1],
    [MINUTE_MS, 10, 0],
    [2 * MINUTE_MS, 10, 0],
  ])
})

test('tallies of several files add up', () => {
  const sum: Tally = new Map()
  mergeTally(sum, tally(2))
  mergeTally(sum, tally(3))
  expect(totalOf(densityOf(sum, { nowMs: AT + 3 * MINUTE_MS }))).toBe(2 * 1 + 20 + 30)
})

test.each([1, 3, 24, 7 * 24, 90 * 24])('%i hours are at most 120 bars, which lose no line', hours => {
  const density = densityOf(tally(hours * 60, 1), { nowMs: AT + hours * 60 * MINUTE_MS })
  expect((density.untilMs - density.fromMs) / density.bucketMs).toBeLessThanOrEqual(120)
  expect(density.fromMs % density.bucketMs).toBe(0)
  expect(totalOf(density)).toBe(hours * 60 + 1)
})

test('a chosen range spans its own axis, whatever there is in it', () => {
  const range = { sinceMs: AT + MINUTE_MS, untilMs: AT + 2 * MINUTE_MS, nowMs: AT + 60 * MINUTE_MS }
  const { fromMs, untilMs, buckets } = densityOf(tally(5), range)
  expect([fromMs, untilMs]).toEqual([range.sinceMs, range.untilMs])
  expect(buckets[0]?.atMs).toBe(AT + MINUTE_MS)
  const empty = densityOf(new Map(), { nowMs: AT })
  expect(empty).toEqual({ fromMs: AT - 30 * MINUTE_MS, untilMs: AT, bucketMs: MINUTE_MS, buckets: [] })
})
