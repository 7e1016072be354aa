// Part of a stand-in for Azure: what a region has, how much of it the subscription may use, and what it costs.

/** [name, family, CPUs, accelerators, memory in GB, dollars per hour] of a made-up price list. */
const SIZES = [
  ['Standard_DS2_v2', 'standardDSv2Family', 2, 0, 7, 0.146],
  ['Standard_DS3_v2', 'standardDSv2Family', 4, 0, 14, 0.293],
  ['Standard_F4s_v2', 'standardFSv2Family', 4, 0, 8, 0.169],
  ['Standard_NC4as_T4_v3', 'Standard NCASv3_T4 Family', 4, 1, 28, 0.526],
  ['Standard_NC24ads_A100_v4', 'StandardNCADSA100v4Family', 24, 1, 220, 3.673],
  /* To be had, but not for endpoints. */
  ['Standard_M128s', 'standardMSFamily', 128, 0, 2048, 13.338],
] as const

export const vmSizes = () => ({
  value: SIZES.map(([name, family, vCPUs, gpus, memoryGB]) => ({
    name,
    family,
    vCPUs,
    gpus,
    memoryGB,
    lowPriorityCapable: true,
    supportedComputeTypes: ['AmlCompute', 'ComputeInstance'],
  })),
})

const usage = (subscription: string, family: string, limit: number, currentValue: number) => {
  const name = `Standard_${family}_Family_Cluster_Dedicated_vCPUs`
  return {
    id: `/subscriptions/${subscription}/usages/${name}`,
    type: 'Microsoft.MachineLearningServices/vmFamily/usages',
    unit: 'Count',
    limit,
    currentValue,
    name: { value: name.replaceAll('_', ' '), localizedValue: name.replaceAll('_', ' ') },
  }
}

export const usages = (subscription: string) => ({
  value: [
    usage(subscription, 'DSv2', 100, 8),
    usage(subscription, 'FSv2', -1, 0),
    usage(subscription, 'NCASv3_T4', 8, 8),
    usage(subscription, 'NCADSA100v4', 0, 0),
  ],
})

/** Of each size that is asked for: by the hour, with a licence of Windows, and as Spot. */
export function prices(filter: string) {
  const asked = [...filter.matchAll(/armSkuName eq '([^']+)'/g)].map(([, name]) => name)
  const armRegionName = /armRegionName eq '([^']+)'/.exec(filter)?.[1] ?? ''
  const Items = SIZES.filter(([name]) => asked.includes(name)).flatMap(([armSkuName, , , , , usd]) => {
    const item = {
      currencyCode: 'USD',
      armRegionName,
      armSkuName,
      serviceName: 'Virtual Machines',
      unitOfMeasure: '1 Hour',
      type: 'Consumption',
    }
    const productName = 'Virtual Machines Series'
    const skuName = armSkuName.replace('Standard_', '').replaceAll('_', ' ')
    return [
      { ...item, retailPrice: usd, productName, skuName },
      { ...item, retailPrice: usd * 2, productName: `${productName} Windows`, skuName },
      { ...item, retailPrice: usd / 5, productName, skuName: `${skuName} Spot` },
    ]
  })
  return { BillingCurrency: 'USD', Items, NextPageLink: null, Count: Items.length }
}
