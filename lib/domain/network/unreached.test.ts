import { expect, test } from 'vitest'
import type { Network } from './network'
import { unreachedViewOf } from './unreached'

const address = '10.0.0.7:8443'
const network: Network = {
  private: { link: { kind: 'azure-ml' }, calls: { by: 'gateway', address } },
}
const since = '2026-01-01T00:00:00.000Z'
const askedAt = '2026-01-01T01:00:00.000Z'
const found = { address, reach: 'refused' as const, since, askedAt }
const at = (time: string, mark: Parameters<typeof unreachedViewOf>[0] = found) =>
  unreachedViewOf(mark, { network }, 'present', Date.parse(time))

test('an address that no gateway reaches is said with since when, and when that was last looked at', () => {
  expect(at('2026-01-01T01:00:40.000Z')).toMatchObject({ since, askedAt, isOld: false })
})

test('what nobody has looked at for minutes is not said of now', () => {
  expect(at('2026-01-01T01:05:00.000Z')).toMatchObject({ askedAt, isOld: true })
  const { askedAt: _, ...before } = found
  expect(at('2026-01-01T01:05:00.000Z', before)).toMatchObject({ askedAt: since, isOld: true })
})

test('nothing is said of another address, or while it is paused', () => {
  expect(at(askedAt, { ...found, address: '10.0.0.8:8443' })).toBeNull()
  expect(unreachedViewOf(found, { network }, 'paused', Date.parse(askedAt))).toBeNull()
})
