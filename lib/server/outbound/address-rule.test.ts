import { describe, expect, it } from 'vitest'
import { isPublicAddress, mayConnect, urlProblem } from './address-rule'

describe('addresses a person may make the portal call', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    'nonsense',
  ])('%s is not public', address => {
    expect(isPublicAddress(address)).toBe(false)
    expect(mayConnect('inner.example', address, [])).toBe(false)
  })

  it('public ones are, and listed hosts and ranges may be private', () => {
    expect(mayConnect('example.com', '93.184.216.34', [])).toBe(true)
    expect(mayConnect('Inner.example', '10.1.2.3', ['inner.example'])).toBe(true)
    expect(mayConnect('other.example', '10.1.2.3', ['10.0.0.0/8'])).toBe(true)
    expect(mayConnect('other.example', '192.168.0.1', ['10.0.0.0/8'])).toBe(false)
  })

  it('refuses what can be told from the text alone, with what to do', () => {
    expect(urlProblem('https://api.example.com', [])).toBeNull()
    expect(urlProblem('http://api.example.com', [])).toContain('https')
    expect(urlProblem('https://[::1]:3000', [])).toContain('SLIPWAY_ALLOWED_PRIVATE_HOSTS=::1')
    expect(urlProblem('http://127.0.0.1:3000', [])).toContain('SLIPWAY_ALLOWED_PRIVATE_HOSTS=127.0.0.1')
    expect(urlProblem('http://127.0.0.1:3000', ['127.0.0.1'])).toBeNull()
    expect(urlProblem('http://slipway.internal', ['slipway.internal'])).toBeNull()
  })
})
