import { expect, test } from 'vitest'
import { reachableHost } from './reachable-host'

const of = (address: string, internal = false) => ({
  address,
  internal,
  netmask: '',
  mac: '',
  cidr: null,
  ...(address.includes(':') ? { family: 'IPv6' as const, scopeid: 0 } : { family: 'IPv4' as const }),
})

test('an address that was chosen is the one to give', () => {
  expect(reachableHost('127.0.0.1', { eth0: [of('10.0.0.5')] })).toBe('127.0.0.1')
  expect(reachableHost('10.0.0.7', { eth0: [of('10.0.0.5')] })).toBe('10.0.0.7')
})

test('bound to all, it is the first that leads outside', () => {
  const interfaces = { lo: [of('127.0.0.1', true), of('::1', true)], eth0: [of('fe80::1'), of('10.0.0.5')] }
  expect(reachableHost('0.0.0.0', interfaces)).toBe('10.0.0.5')
  expect(reachableHost('::', interfaces)).toBe('10.0.0.5')
  expect(reachableHost('::', { eth0: [of('fe80::1'), of('2001:db8::1')] })).toBe('2001:db8::1')
  expect(reachableHost('0.0.0.0', { lo: [of('127.0.0.1', true)] })).toBe('127.0.0.1')
})
