import { expect, test } from 'vitest'
import { periodOf } from './metrics'

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2026, 10, 23)

test.each([
  ['finer than a minute', 0.1, 10, 60],
  ['an hour’s minutes', 0.1, 90, 120],
  ['what is kept in five minutes', 20, 60, 300],
  ['what is kept in hours', 90, 600, 3_600],
  ['a day per bucket', 90, 86_400, 86_400],
])('a period CloudWatch still has: %s', (_, days, stepSeconds, period) => {
  expect(periodOf({ fromMs: NOW_MS - days * DAY_MS, stepSeconds }, NOW_MS)).toBe(period)
})
