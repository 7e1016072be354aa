import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import type { Provider } from '@/lib/server/providers/port'

const FRESH_MS = 60_000

type Entry = { readAtMs: number; types: Promise<Map<string, InstanceType>> }

/** A table of our own may lack prices that the provider has named: what runs goes on at those. */
async function read(provider: Provider, known: Entry | undefined): Entry['types'] {
  const { builtin, instanceTypes } = await provider.catalog()
  if (builtin && known) return await known.types
  return new Map(instanceTypes.map(type => [type.id, type]))
}

/** Instance types by id, asked of each provider once a minute at most. */
export class Catalog {
  #entries = new WeakMap<Provider, Entry>()

  async instanceTypes(provider: Provider): Promise<Map<string, InstanceType>> {
    const known = this.#entries.get(provider)
    if (known && Date.now() - known.readAtMs < FRESH_MS) return await known.types
    const types = read(provider, known)
    const entry: Entry = { readAtMs: Date.now(), types }
    this.#entries.set(provider, entry)
    types.catch(() => {
      // What is known stays good enough until the provider answers again.
      if (this.#entries.get(provider) !== entry) return
      if (known) this.#entries.set(provider, { ...known, readAtMs: Date.now() })
      else this.#entries.delete(provider)
    })
    return await types
  }
}
