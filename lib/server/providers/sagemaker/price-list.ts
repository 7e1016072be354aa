import { z } from 'zod'
import type { AwsClients } from './clients'
import type { Offer } from './hardware'
import type { Inventory } from './inventory'

/** One product of the price list, of which each comes as JSON within a string. */
const product = z.object({
  product: z.object({
    attributes: z.object({ instanceName: z.string(), vCpu: z.coerce.number(), memory: z.string() }),
  }),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        priceDimensions: z.record(
          z.string(),
          z.object({ unit: z.string(), pricePerUnit: z.object({ USD: z.coerce.number().optional() }) }),
        ),
      }),
    ),
  }),
})
const MEMORY = /^([\d.,]+)\s*GiB$/i

/** What endpoints can run on in the region, by AWS's own price list. A product of another form is left out. */
export async function readOffers(
  clients: AwsClients,
  inventory: Inventory,
  signal?: AbortSignal,
): Promise<Offer[]> {
  const pricing = await inventory.ask(clients.pricing)
  const Filters = [
    { Type: 'TERM_MATCH' as const, Field: 'component', Value: 'Hosting' },
    { Type: 'TERM_MATCH' as const, Field: 'regionCode', Value: clients.account.region },
  ]
  // One instance may stand there more than once.
  const offers = new Map<string, Offer>()
  let NextToken: string | undefined
  do {
    const input = { ServiceCode: 'AmazonSageMaker', Filters, ...(NextToken ? { NextToken } : {}) }
    const page = await inventory.ask(() => pricing.getProducts(input, signal ? { abortSignal: signal } : {}))
    for (const offer of (page.PriceList ?? []).flatMap(offerOf))
      if (offers.get(offer.instanceName)?.priceUsdPerHour == null) offers.set(offer.instanceName, offer)
    NextToken = page.NextToken
  } while (NextToken)
  return [...offers.values()]
}

function offerOf(text: unknown): Offer[] {
  const parsed = product.safeParse(parseJson(String(text)))
  if (!parsed.success) return []
  const { attributes } = parsed.data.product
  const memoryGib = Number(MEMORY.exec(attributes.memory)?.[1]?.replaceAll(',', ''))
  if (!(memoryGib > 0 && attributes.vCpu > 0)) return []
  const dimensions = Object.values(parsed.data.terms.OnDemand).flatMap(term =>
    Object.values(term.priceDimensions),
  )
  const hourly = dimensions.find(({ unit }) => /^(hrs|hours?)$/i.test(unit))?.pricePerUnit.USD
  const { instanceName, vCpu: cpus } = attributes
  return [{ instanceName, cpus, memoryGib, priceUsdPerHour: hourly ?? null }]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
