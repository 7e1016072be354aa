import { expect, test } from 'vitest'
import { clockTime, exactTime } from './format-time'

const AT = Date.UTC(2026, 0, 31, 14, 3, 7, 45)

test('a moment in UTC, for a row and whole', () => {
  expect(clockTime(AT, 'utc')).toBe('14:03:07.045')
  expect(exactTime(AT, 'utc')).toBe('2026-01-31 14:03:07.045 UTC')
})

test('the viewer’s own zone is written with its distance from UTC', () => {
  const text = exactTime(AT, 'local')
  expect(Date.parse(text.replace(' ', 'T').replace(' ', ''))).toBe(AT)
})
