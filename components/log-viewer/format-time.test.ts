import { expect, test } from 'vitest'
import { clockTime, exactTime, rowTime } from './format-time'

const AT = Date.UTC(2026, 0, 31, 14, 3, 7, 45)

test('a moment in UTC, for a row and whole', () => {
  expect(clockTime(AT, 'utc')).toBe('14:03:07.045')
  expect(exactTime(AT, 'utc')).toBe('2026-01-31 14:03:07.045 UTC')
})

test('the viewer’s own zone is written with its distance from UTC', () => {
  const text = exactTime(AT, 'local')
  expect(Date.parse(text.replace(' ', 'T').replace(' ', ''))).toBe(AT)
})

test('a row shows its day where that is not today, and its year where it is another', () => {
  expect(rowTime(AT, 'utc', Date.UTC(2026, 0, 31, 23, 59, 59, 999))).toBe('14:03:07.045')
  expect(rowTime(AT, 'utc', Date.UTC(2026, 1, 1))).toBe('01-31 14:03:07.045')
  expect(rowTime(AT, 'utc', Date.UTC(2027, 0, 31, 14))).toBe('2026-01-31 14:03:07.045')
})

test('which day it is depends on the zone that is shown', () => {
  const midnight = new Date(2026, 0, 31).getTime()
  expect(rowTime(midnight, 'local', midnight + 1)).toBe('00:00:00.000')
  expect(rowTime(midnight - 1, 'local', midnight)).toBe('01-30 23:59:59.999')
})
