import type { ProviderKind } from '@/lib/domain/endpoint/spec'
import { type CatalogView, PROVIDER_LABELS } from '@/lib/domain/hardware/catalog'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { type Provider, ProviderError } from '@/lib/server/providers/port'
import { availableProviders } from '@/lib/server/providers/registry'

/** Prices and availability change slowly, pages ask often; a provider's failure is asked again sooner. */
const FRESH_MS = 30_000
const FAILED_MS = 5_000
const TIMEOUT_MS = 10_000

type Entry = CatalogView['providers'][number]
const cache = new Map<ProviderKind, { until: number; entry: Promise<Entry> }>()

/** What every provider offers now. One that does not answer is listed with the reason, so the others still work. */
export async function readCatalog(nowMs = Date.now()): Promise<CatalogView> {
  return { providers: await Promise.all(availableProviders().map(provider => entryOf(provider, nowMs))) }
}

/** Instance types by id, over all providers. */
export async function instanceTypesById(): Promise<ReadonlyMap<string, InstanceType>> {
  const { providers } = await readCatalog()
  return new Map(providers.flatMap(provider => provider.instanceTypes.map(type => [type.id, type] as const)))
}

function entryOf(provider: Provider, nowMs: number): Promise<Entry> {
  const cached = cache.get(provider.kind)
  if (cached && cached.until > nowMs) return cached.entry
  const slot = { until: nowMs + FRESH_MS, entry: ask(provider) }
  cache.set(provider.kind, slot)
  void slot.entry.then(entry => {
    if (entry.problem !== null) slot.until = Math.min(slot.until, nowMs + FAILED_MS)
  })
  return slot.entry
}

async function ask(provider: Provider): Promise<Entry> {
  const { kind, capabilities } = provider
  const base = { kind, label: PROVIDER_LABELS[kind], capabilities: { ...capabilities } }
  try {
    const { regions, instanceTypes } = await provider.catalog(AbortSignal.timeout(TIMEOUT_MS))
    return { ...base, regions, instanceTypes, problem: null }
  } catch (error) {
    const problem =
      error instanceof ProviderError
        ? error.message
        : 'It did not answer. It will be asked again in a moment.'
    return { ...base, regions: [], instanceTypes: [], problem }
  }
}
