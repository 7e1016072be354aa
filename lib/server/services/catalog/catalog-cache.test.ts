import { expect, test } from 'vitest'
import type { Provider, ProviderCatalog } from '@/lib/server/providers/port'
import { CatalogCache } from './catalog-cache'

const BUILTIN = { asOf: '2026-01-01', reason: 'The price list answered 503.' }
const NOTHING: ProviderCatalog = { regions: [], instanceTypes: [] }

/** Of a cloud; what it was not given answers for, it has not been asked. */
function cloud(...answers: ProviderCatalog[]) {
  const catalog = async () => {
    const answer = answers.shift()
    if (!answer) throw new Error('asked too often')
    return answer
  }
  return { rollout: 'provider', catalog } as unknown as Provider
}

test('a table of our own is shown for five seconds, then again while the provider is asked once more', async () => {
  const cache = new CatalogCache()
  const provider = cloud({ ...NOTHING, builtin: BUILTIN }, NOTHING)
  const seen = async (atMs: number) => (await cache.read(provider, atMs)).builtin
  expect(await seen(0)).toEqual(BUILTIN)
  expect(await seen(4_999)).toEqual(BUILTIN)
  expect(await seen(5_000)).toEqual(BUILTIN)
  expect(await seen(5_001)).toBeNull()
  expect(await seen(34_999)).toBeNull()
})
