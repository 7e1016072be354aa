import { expect, test, vi } from 'vitest'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { Provider, ProviderCatalog } from '@/lib/server/providers/port'
import { Catalog } from './catalog'

const MINUTE_MS = 60_000
const BUILTIN = { asOf: '2026-01-01', reason: 'The price list answered 503.' }
const offers = (priceUsdPerHour: number | null, more: Partial<ProviderCatalog> = {}): ProviderCatalog => ({
  regions: [],
  instanceTypes: [{ id: 'x1', priceUsdPerHour } as InstanceType],
  ...more,
})

test('what runs goes on at the price its provider named, while only a table of our own answers', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const answers = [offers(0.8), offers(null, { builtin: BUILTIN }), offers(0.9)]
  const provider = { catalog: async () => answers.shift() } as unknown as Provider
  const catalog = new Catalog()
  const price = async () => {
    const types = await catalog.instanceTypes(provider)
    vi.setSystemTime(Date.now() + MINUTE_MS)
    return types.get('x1')?.priceUsdPerHour
  }
  expect([await price(), await price(), await price()]).toEqual([0.8, 0.8, 0.9])
  vi.useRealTimers()
})
