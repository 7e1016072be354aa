import { describe, expect, test } from 'vitest'
import { EMPTY_FILTER, filterParams, isEmptyFilter } from './filter'
import { logFilter, parseFilter } from './filter-schema'
import type { LogLine } from './line'
import { lineTest } from './matcher'

const parse = (query: string) => parseFilter(new URLSearchParams(query))

describe('the filter in a URL', () => {
  test('says only what is set, and is read back the same', () => {
    const query =
      'q=a%2Bb&regex=1&with=a%2C+b%0Ac&not=d&level=error%2Cnone&stream=stderr&replica=r1&revision=3&request=abcd&except=level%3Ainfo&since=5&until=9'
    const parsed = parse(query)
    expect(parsed.success && new URLSearchParams(filterParams(parsed.data)).toString()).toBe(query)
    expect(parsed.success && logFilter.parse(parsed.data)).toEqual(parsed.data)
    expect(isEmptyFilter(EMPTY_FILTER)).toBe(true)
    expect(filterParams(EMPTY_FILTER)).toEqual({})
  })

  test('takes times as text too', () => {
    const parsed = parse('since=2026-01-31T12:00:00Z')
    expect(parsed.success && parsed.data.since).toBe(Date.parse('2026-01-31T12:00:00Z'))
  })

  test.each([
    'level=loud',
    'stream=stdin',
    'regex=1&q=(',
    'since=yesterday',
    `q=${'x'.repeat(501)}`,
    'revision=0',
    'except=info',
    'except=colour:red',
  ])('refuses %s', query => expect(parse(query).success).toBe(false))
})

describe('which lines pass', () => {
  const line: LogLine = {
    seq: 1,
    timeMs: 1_000,
    stream: 'stdout',
    level: 'error',
    requestId: 'abcd',
    replicaId: 'r1',
    revision: 2,
    text: '\u001b[31mOut of \u001b[0mMemory',
  }
  const passes = (query: string, one: LogLine = line) => {
    const parsed = parse(query)
    if (!parsed.success) throw parsed.error
    return lineTest(parsed.data)(one)
  }

  test.each([
    ['q=out+of+memory', true],
    ['q=out+of+memory&case=1', false],
    ['q=Out+of+Memory&case=1', true],
    ['q=%5EOut.*y%24&regex=1', true],
    ['not=memory', false],
    ['not=disk&not=memory', false],
    ['not=disk&not=swap', true],
    ['with=out&with=MEMORY', true],
    ['with=out&with=disk', false],
    ['except=level:error', false],
    ['except=level:info%0Astream:stderr', true],
    ['except=stream:stdout', false],
    ['except=replica:r1', false],
    ['except=revision:2', false],
    ['except=request:abcd', false],
    ['except=request:abc', true],
    ['level=error', true],
    ['level=info,none', false],
    ['stream=stderr', false],
    ['replica=r2', false],
    ['revision=2', true],
    ['request=abcd', true],
    ['request=abc', false],
    ['since=1000&until=1000', true],
    ['since=1001', false],
    ['until=999', false],
  ])('%s: %s', (query, expected) => expect(passes(query)).toBe(expected))

  test('a marker passes whatever is searched, but not for another replica or time', () => {
    const marker: LogLine = {
      ...line,
      text: '3 lines dropped',
      level: 'warning',
      requestId: null,
      dropped: 3,
    }
    expect(
      passes('q=anything&level=info&stream=stderr&request=zzzz&not=3&except=level:warning', marker),
    ).toBe(true)
    expect(passes('replica=r2', marker)).toBe(false)
    expect(passes('except=replica:r1', marker)).toBe(false)
    expect(passes('since=2000', marker)).toBe(false)
  })
})
