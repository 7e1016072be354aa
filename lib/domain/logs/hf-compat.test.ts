import { expect, test } from 'vitest'
import { hfFollowInput, toHfText } from './hf-compat'
import type { LogLine } from './line'

const line = (text: string): LogLine => ({
  seq: 1,
  timeMs: Date.UTC(2026, 0, 31, 12),
  stream: 'stdout',
  level: null,
  requestId: null,
  replicaId: 'a',
  revision: 1,
  text,
})

test('a line for a terminal has its time once, and no colours', () => {
  expect(toHfText(line('\u001b[31mno\u001b[0m'))).toBe('2026-01-31T12:00:00.000Z no\n')
  expect(toHfText(line('2026-01-31T12:00:00.000Z INFO ready'))).toBe('2026-01-31T12:00:00.000Z INFO ready\n')
})

test('a number of lines that is none is refused with a sentence', () => {
  const read = hfFollowInput.safeParse({ team: 'main', endpoint: 'sample', tail: 'x' })
  expect(read.error?.issues[0]?.message).toBe('Give a whole number of lines, at most 100000.')
})
