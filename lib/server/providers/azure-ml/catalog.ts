import { azureRegionLabel } from '@/lib/domain/connections/azure-regions'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { type ProviderCatalog, ProviderError } from '../port'
import { locationPath } from './account'
import { azureUsages, azureVmSizes } from './answers'
import { BUILTIN_AS_OF, FAMILIES } from './builtin-hardware'
import type { AzureClient } from './client'
import { allTypes, azureNameOf } from './hardware'
import { readPrices } from './prices'

/** Prices and what a region has change rarely. */
const KEPT_MS = 3_600_000

/** CPUs of a family: how many the subscription may have, and how many are taken. */
type Usage = { limit: number; taken: number }

/** Hardware, prices and quotas of one subscription in one region. */
export class Catalog {
  #kept: { atMs: number; catalog: ProviderCatalog } | null = null

  constructor(private readonly client: AzureClient) {}

  async read(signal?: AbortSignal): Promise<ProviderCatalog> {
    if (this.#kept && Date.now() - this.#kept.atMs < KEPT_MS) return this.#kept.catalog
    const { region } = this.client.account
    const regions = [{ id: region, label: azureRegionLabel(region), provider: 'azure-ml' as const }]
    try {
      const [offered, usages, prices] = await Promise.all([
        this.#offered(signal),
        this.#usages(signal),
        readPrices(this.client, signal),
      ])
      const instanceTypes = allTypes(region, prices)
        .filter(type => offered.has(azureNameOf(type).toLowerCase()))
        .map(type => withUsage(type, usages))
      const catalog = { regions, instanceTypes }
      this.#kept = { atMs: Date.now(), catalog }
      return catalog
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      const reason = error.message.replace('; trying again', '')
      return { regions, instanceTypes: allTypes(region, new Map()), builtin: { asOf: BUILTIN_AS_OF, reason } }
    }
  }

  async #offered(signal?: AbortSignal): Promise<Set<string>> {
    const path = `${locationPath(this.client.account)}/vmSizes`
    const { value } = await this.client.read(path, azureVmSizes, signal ? { signal } : {})
    return new Set(value.map(({ name }) => name.toLowerCase()))
  }

  /** By family. Without the right to read them nothing is known to be used up: Azure says so when it is asked. */
  async #usages(signal?: AbortSignal): Promise<Map<string, Usage>> {
    const path = `${locationPath(this.client.account)}/usages`
    const found = await this.client
      .list(path, azureUsages, signal ? { signal } : {})
      .catch(error => (error instanceof ProviderError && error.code === 'permission' ? [] : raise(error)))
    const usages = new Map<string, Usage>()
    for (const { id, type, limit, currentValue: taken } of found) {
      const family = /\/usages\/(\w+)_Cluster_Dedicated_vCPUs$/.exec(id)?.[1]
      // Those of single workspaces and clusters are parts of these.
      if (family && type.endsWith('/vmFamily/usages')) usages.set(plain(family), { limit, taken })
    }
    return usages
  }
}

/** What is taken already may be this very endpoint's: the quota tells how many there can ever be. */
function withUsage(type: InstanceType, usages: ReadonlyMap<string, Usage>): InstanceType {
  const { quota: family = '', isWithoutReserve = false } = FAMILIES[type.type] ?? {}
  const usage = usages.get(plain(family))
  // Below zero there is no limit.
  if (!usage || usage.limit < 0) return type
  const machines = Math.floor(usage.limit / type.cpus)
  // `ceil(1.2 × instances)` machines must be free, in whole numbers.
  const quota = isWithoutReserve ? machines : Math.floor((machines * 5) / 6)
  const needed = isWithoutReserve ? type.cpus : 2 * type.cpus
  if (usage.limit - usage.taken >= needed) return { ...type, quota }
  const why = isWithoutReserve ? '' : ', as Azure reserves a fifth for upgrades, one machine at least'
  const reason = `Quota: ${usage.taken} of ${usage.limit} CPUs of ${family} are used, and this needs ${needed}${why}. Ask for more under Quotas in Azure Machine Learning studio.`
  return { ...type, quota, availability: { status: 'unavailable', reason } }
}

/** `Standard_DSv2_Family` and `standardDSv2Family` are one. */
const plain = (name: string): string => name.replace(/[^a-z0-9]/gi, '').toLowerCase()

function raise(error: unknown): never {
  throw error
}
