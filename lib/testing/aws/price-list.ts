import type { AwsJson } from './moto'

/** A few rows of AWS's price list of 2026-09-28, in its own form: moto has neither Pricing nor these quotas. */
const ROWS = [
  { instanceName: 'ml.m5.xlarge', vCpu: '4', memory: '16 GiB', usd: '0.2300000000', quota: 4 },
  { instanceName: 'ml.m5.2xlarge', vCpu: '8', memory: '32 GiB', usd: '0.4610000000', quota: 0 },
  { instanceName: 'ml.g5.xlarge', vCpu: '4', memory: '16 GiB', usd: '1.4080000000', quota: 2 },
] as const

export function products({ Filters }: AwsJson): AwsJson {
  const filters = Filters as { Field: string; Value: string }[]
  const region = filters.find(({ Field }) => Field === 'regionCode')?.Value ?? ''
  const PriceList = ROWS.map(({ instanceName, vCpu, memory, usd }) =>
    JSON.stringify({
      product: {
        productFamily: 'ML Instance',
        attributes: { instanceName, vCpu, memory, regionCode: region, component: 'Hosting', gpu: 'N/A' },
      },
      serviceCode: 'AmazonSageMaker',
      terms: {
        OnDemand: { term: { priceDimensions: { dimension: { unit: 'Hrs', pricePerUnit: { USD: usd } } } } },
      },
    }),
  )
  return { FormatVersion: 'aws_v1', PriceList }
}

export const quotas = (): AwsJson => ({
  Quotas: ROWS.map(({ instanceName, quota }) => ({
    ServiceCode: 'sagemaker',
    QuotaName: `${instanceName} for endpoint usage`,
    Value: quota,
  })),
})
