import { expect, test } from 'vitest'
import { EMPTY_FILTER, type LogFilter } from '@/lib/domain/logs/filter'
import { chipsOf, excludeThis, type LogValue, onlyThis } from './log-value'

const VALUES: LogValue[] = [
  { field: 'level', value: 'error' },
  { field: 'stream', value: 'stderr' },
  { field: 'replica', value: 'r1' },
  { field: 'revision', value: '3' },
  { field: 'request', value: 'abcd' },
  { field: 'text', value: 'a, word' },
]
const apply = (filter: LogFilter, change: Partial<LogFilter>): LogFilter => ({ ...filter, ...change })

test.each(VALUES)('only, exclude and back, by $field', value => {
  const only = apply(EMPTY_FILTER, onlyThis(EMPTY_FILTER, value))
  expect(chipsOf(only)).toMatchObject([{ ...value, isExcluded: false }])
  const excluded = apply(only, excludeThis(only, value))
  expect(chipsOf(excluded)).toMatchObject([{ ...value, isExcluded: true }])
  const again = apply(excluded, onlyThis(excluded, value))
  expect(again).toEqual(only)
  for (const filter of [only, excluded])
    for (const chip of chipsOf(filter)) expect(apply(filter, chip.clear)).toEqual(EMPTY_FILTER)
})

test('saying a thing twice says it once; several chips go one by one', () => {
  let filter = EMPTY_FILTER
  for (const value of [...VALUES, ...VALUES]) filter = apply(filter, excludeThis(filter, value))
  expect(chipsOf(filter)).toHaveLength(VALUES.length)
  const [first] = chipsOf(filter)
  expect(chipsOf(apply(filter, first?.clear ?? {}))).toHaveLength(VALUES.length - 1)
})
