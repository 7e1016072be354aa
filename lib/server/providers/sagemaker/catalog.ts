import { regionLabel } from '@/lib/domain/connections/aws-regions'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { type ProviderCatalog, ProviderError } from '../port'
import { BUILTIN_AS_OF, builtinOffers } from './builtin-hardware'
import type { AwsClients } from './clients'
import { awsNameOf, instanceTypeOf, type Offer } from './hardware'
import type { Inventory } from './inventory'
import { readOffers } from './price-list'
import { readQuotas } from './quotas'

/** Prices change rarely, and the quotas of an account fill some 25 pages. */
const KEPT_MS = 3_600_000

/** Hardware, prices and quotas of one account in its region. */
export class Catalog {
  #kept: { atMs: number; catalog: ProviderCatalog } | null = null

  constructor(
    private readonly clients: AwsClients,
    private readonly inventory: Inventory,
  ) {}

  async read(signal?: AbortSignal): Promise<ProviderCatalog> {
    if (this.#kept && Date.now() - this.#kept.atMs < KEPT_MS) return this.#kept.catalog
    const quotas = await this.#quotas(signal)
    const { region } = this.clients.account
    try {
      const offers = await readOffers(this.clients, this.inventory, signal)
      const catalog = catalogOf(region, offers, quotas)
      this.#kept = { atMs: Date.now(), catalog }
      return catalog
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      const reason = error.message.replace('; trying again', '')
      return { ...catalogOf(region, builtinOffers(region), quotas), builtin: { asOf: BUILTIN_AS_OF, reason } }
    }
  }

  /** Without them nothing is known to be used up: SageMaker says so when it is asked for too much. */
  async #quotas(signal?: AbortSignal): Promise<Map<string, number>> {
    try {
      return await readQuotas(this.clients, this.inventory, signal)
    } catch (error) {
      if (error instanceof ProviderError) return new Map()
      throw error
    }
  }
}

function catalogOf(
  region: string,
  offers: readonly Offer[],
  quotas: ReadonlyMap<string, number>,
): ProviderCatalog {
  const instanceTypes = offers.flatMap(offer => {
    const type = instanceTypeOf(offer, region)
    return type ? [withQuota(type, quotas.get(awsNameOf(type)))] : []
  })
  return { regions: [{ id: region, label: regionLabel(region), provider: 'sagemaker' }], instanceTypes }
}

function withQuota(type: InstanceType, quota: number | undefined): InstanceType {
  if (quota === undefined) return type
  if (quota >= 1) return { ...type, quota: Math.floor(quota) }
  const name = awsNameOf(type)
  const reason = `The account may run no ${name} in endpoints: its quota is 0. Ask for more in the Service Quotas console ("${name} for endpoint usage").`
  return { ...type, quota: 0, availability: { status: 'unavailable', reason } }
}
