import { type AzurePrice, azurePrices } from './answers'
import type { AzureClient } from './client'
import { allTypes, azureNameOf } from './hardware'

/** A filter is part of an address, which cannot be of any length. */
const NAMES_AT_ONCE = 12

/** Dollars per hour by name, of what is paid by the hour; Azure adds nothing for endpoints. */
export async function readPrices(client: AzureClient, signal?: AbortSignal): Promise<Map<string, number>> {
  const { region } = client.account
  const names = allTypes(region, new Map()).map(azureNameOf)
  const parts = Array.from({ length: Math.ceil(names.length / NAMES_AT_ONCE) }, (_, index) =>
    names.slice(index * NAMES_AT_ONCE, (index + 1) * NAMES_AT_ONCE),
  )
  const pages = await Promise.all(parts.map(part => readPart(client, region, part, signal)))
  return new Map(
    pages
      .flat()
      .filter(isPlain)
      .map(({ armSkuName, retailPrice }) => [armSkuName.toLowerCase(), retailPrice]),
  )
}

async function readPart(client: AzureClient, region: string, names: readonly string[], signal?: AbortSignal) {
  const sizes = names.map(name => `armSkuName eq '${name}'`).join(' or ')
  const filter = `serviceName eq 'Virtual Machines' and priceType eq 'Consumption' and armRegionName eq '${region}' and (${sizes})`
  const query = new URLSearchParams({ $filter: filter })
  const { Items } = await client.prices(`/api/retail/prices?${query}`, azurePrices, signal)
  return Items
}

/** Neither with a licence of Windows, nor one that may be taken away. */
const isPlain = ({ unitOfMeasure, productName, skuName }: AzurePrice): boolean =>
  unitOfMeasure === '1 Hour' &&
  !/windows|cloudservices/i.test(productName) &&
  !/spot|low priority/i.test(skuName)
