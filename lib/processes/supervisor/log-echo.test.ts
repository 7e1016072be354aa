import { describe, expect, it, vi } from 'vitest'
import { createEcho, findingIn } from './log-echo'

const pino = (level: number, msg: string, extra: object = {}) => JSON.stringify({ level, msg, ...extra })

describe('what a log line says on the terminal', () => {
  it.each([
    ['an everyday line', pino(30, 'ready'), null],
    ['a warning', pino(40, 'slow'), { level: 'warn', text: 'slow' }],
    [
      'an error with its cause',
      pino(50, 'a pass failed', { err: { message: 'refused' } }),
      { level: 'error', text: 'a pass failed: refused' },
    ],
    [
      'a cause that the message names already',
      pino(50, 'x: refused', { err: { message: 'refused' } }),
      { level: 'error', text: 'x: refused' },
    ],
    ["Next's own error", ' ⨯ Error: boom', { level: 'error', text: '⨯ Error: boom' }],
    ["Next's own greeting", '✓ Ready in 337ms', null],
    ['a line that is half JSON', '{"level":50', null],
  ])('%s', (_, line, expected) => {
    expect(findingIn(line)).toEqual(expected)
  })

  it('is one short line even for a failed query', () => {
    const message = `Failed query: update x set ${'y'.repeat(500)}\nparams: a,b,{"c":1}: connect ECONNREFUSED 127.0.0.1:1`
    const text = findingIn(pino(50, 'a pass failed', { err: { message } }))?.text ?? ''
    expect(text).toBe('a pass failed: connect ECONNREFUSED 127.0.0.1:1')
  })
})

it('shows the same trouble once per half a minute', () => {
  const print = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  let now = 0
  const echo = createEcho('gateway', () => now)
  for (now of [0, 1_000, 29_000, 31_000]) echo(pino(40, 'slow'))
  expect(print).toHaveBeenCalledTimes(2)
  print.mockRestore()
})
