import { describe, expect, it } from 'vitest'
import { formatLine, levelOfStatus, requestText } from './log'

describe('log lines', () => {
  it('begin with an ISO time and a level word', () => {
    expect(formatLine(new Date(0), 'INFO', 'Ready')).toBe('1970-01-01T00:00:00.000Z INFO Ready\n')
  })

  it('stay one line whatever the text holds', () => {
    expect(formatLine(new Date(0), 'ERROR', 'a\nb\r\nc\rd')).toBe(
      '1970-01-01T00:00:00.000Z ERROR a\\nb\\nc\\nd\n',
    )
  })

  it('name a request, its outcome and its times', () => {
    const line = { id: 'r-1', method: 'POST', path: '/', status: 200, durationMs: 12.34, queueMs: 0.06 }
    expect(requestText({ ...line, bytesIn: 48, bytesOut: 51 })).toBe(
      'request id=r-1 POST / 200 12.3ms queue=0.1ms in=48 out=51',
    )
  })

  it.each([
    [200, 'INFO'],
    [404, 'WARNING'],
    [499, 'WARNING'],
    [503, 'WARNING'],
    [500, 'ERROR'],
  ] as const)('grade %i as %s', (status, level) => expect(levelOfStatus(status)).toBe(level))
})
