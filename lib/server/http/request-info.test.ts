import { describe, expect, it } from 'vitest'
import { callerAddress } from './request-info'

describe('the address of a caller', () => {
  it('is the socket, whatever the client claims', () => {
    expect(callerAddress('203.0.113.9', '10.0.0.1', [])).toBe('203.0.113.9')
    expect(callerAddress(null, '10.0.0.1', [])).toBeNull()
  })

  it('is what a trusted proxy says, and no hop before the last untrusted one', () => {
    const trusted = ['10.0.0.0/8']
    expect(callerAddress('10.0.0.2', '198.51.100.7', trusted)).toBe('198.51.100.7')
    expect(callerAddress('10.0.0.2', '1.2.3.4, 198.51.100.7, 10.0.0.3', trusted)).toBe('198.51.100.7')
    expect(callerAddress('10.0.0.2', null, trusted)).toBe('10.0.0.2')
    expect(callerAddress('203.0.113.9', '198.51.100.7', trusted)).toBe('203.0.113.9')
  })
})
