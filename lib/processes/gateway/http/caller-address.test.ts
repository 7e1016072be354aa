import { describe, expect, it } from 'vitest'
import { callerOf } from './caller-address'
import { requestIdOf } from './request-id'

describe('the caller’s address', () => {
  const trusted = ['10.0.0.0/8']

  it('is the socket’s, whatever the header claims', () => {
    expect(callerOf('::ffff:192.0.2.1', '10.1.1.1', trusted).address).toBe('192.0.2.1')
    expect(callerOf('192.0.2.1', '10.1.1.1', []).address).toBe('192.0.2.1')
  })

  it('is the nearest untrusted one behind trusted proxies', () => {
    expect(callerOf('10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2', trusted)).toEqual({
      address: '203.0.113.9',
      viaTrustedProxy: true,
    })
  })

  it('stays the proxy’s where the header is missing or broken', () => {
    expect(callerOf('10.0.0.1', undefined, trusted).address).toBe('10.0.0.1')
    expect(callerOf('10.0.0.1', '203.0.113.9, unknown', trusted).address).toBe('10.0.0.1')
  })

  it('is the furthest proxy when all are trusted', () => {
    expect(callerOf('10.0.0.1', '10.0.0.3, 10.0.0.2', trusted).address).toBe('10.0.0.3')
  })
})

describe('a request id', () => {
  it('is the caller’s where it is short and visible', () => {
    expect(requestIdOf('trace-1/ü'.replace('ü', 'u'))).toBe('trace-1/u')
  })

  it.each([undefined, '', 'with space', 'a'.repeat(129), 'tab\t', 'zürich', ['a', 'b']])(
    'is minted in place of %j',
    sent => expect(requestIdOf(sent)).toMatch(/^[0-9a-f-]{36}$/),
  )
})
