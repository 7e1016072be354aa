import { expect, test } from 'vitest'
import type { AwsClients } from './clients'
import { Inventory } from './inventory'
import { readOffers } from './price-list'

const row = (instanceName: string, unit: string, USD: string) =>
  JSON.stringify({
    product: { attributes: { instanceName, vCpu: '4', memory: '16 GiB' } },
    terms: { OnDemand: { term: { priceDimensions: { dimension: { unit, pricePerUnit: { USD } } } } } },
  })

test('an instance is offered once, for its price by the hour, however often it is on however many pages', async () => {
  const pages = [
    [row('ml.g5.xlarge', 'Quantity', '100'), row('ml.m5.xlarge', 'Hrs', '0.23'), 'no product'],
    [row('ml.g5.xlarge', 'Hrs', '1.408'), row('ml.m5.xlarge', 'Hrs', '0.23')],
  ]
  const getProducts = async ({ NextToken }: { NextToken?: string }) =>
    NextToken ? { PriceList: pages[1] } : { PriceList: pages[0], NextToken: 'next' }
  const clients = {
    account: { region: 'us-east-1', baseUrl: null },
    pricing: async () => ({ getProducts }),
  } as unknown as AwsClients
  const offer = (instanceName: string, priceUsdPerHour: number) => ({
    instanceName,
    cpus: 4,
    memoryGib: 16,
    priceUsdPerHour,
  })
  expect(await readOffers(clients, new Inventory(clients))).toEqual([
    offer('ml.g5.xlarge', 1.408),
    offer('ml.m5.xlarge', 0.23),
  ])
})
