import type { CatalogView } from '@/lib/domain/hardware/catalog'
import { type Provider, ProviderError } from '@/lib/server/providers/port'

export type CatalogEntry = CatalogView['providers'][number]
type Offer = Pick<CatalogEntry, 'regions' | 'instanceTypes' | 'builtin' | 'problem'>
type Slot = { untilMs: number; offer: Promise<Offer>; last: Offer | null }

/** Prices and availability change slowly, pages ask often; a failure is asked again sooner. */
const FRESH_MS = 30_000
const FAILED_MS = 5_000
const TIMEOUT_MS = 10_000
/** What is known is shown at once; the first answer is waited for. */
export class CatalogCache {
  #slots = new WeakMap<Provider, Slot>()

  async read(provider: Provider, nowMs = Date.now()): Promise<Offer> {
    const known = this.#slots.get(provider)
    if (known && known.untilMs > nowMs) return known.last ?? (await known.offer)
    const slot: Slot = { untilMs: nowMs + FRESH_MS, offer: ask(provider), last: known?.last ?? null }
    this.#slots.set(provider, slot)
    const settled = slot.offer.then(offer => {
      slot.last = offer
      if (offer.problem !== null || offer.builtin !== null)
        slot.untilMs = Math.min(slot.untilMs, nowMs + FAILED_MS)
      return offer
    })
    // This machine's own answer is instant and must be true now; a cloud's may be half a minute old.
    return slot.last !== null && provider.rollout === 'provider' ? slot.last : await settled
  }
}

async function ask(provider: Provider): Promise<Offer> {
  try {
    const { regions, instanceTypes, builtin } = await provider.catalog(AbortSignal.timeout(TIMEOUT_MS))
    return { regions, instanceTypes, builtin: builtin ?? null, problem: null }
  } catch (error) {
    const problem =
      error instanceof ProviderError
        ? error.message
        : 'It did not answer. It will be asked again in a moment.'
    return { regions: [], instanceTypes: [], builtin: null, problem }
  }
}
