import type { Offer } from './hardware'

/** When these prices were compared with public copies of AWS's price list for real-time inference. */
export const BUILTIN_AS_OF = '2025-10-01'
/** Where they hold; elsewhere the hardware is the same and the price is not known. */
const PRICED_REGION = 'us-east-1'

/** [size, CPUs, memory in GiB, USD per hour] */
type Row = readonly [size: string, cpus: number, memoryGib: number, usd: number]

const TABLE: Record<string, readonly Row[]> = {
  'ml.m5': [
    ['large', 2, 8, 0.115],
    ['xlarge', 4, 16, 0.23],
    ['2xlarge', 8, 32, 0.461],
    ['4xlarge', 16, 64, 0.922],
    ['12xlarge', 48, 192, 2.765],
    ['24xlarge', 96, 384, 5.53],
  ],
  'ml.c5': [
    ['large', 2, 4, 0.102],
    ['xlarge', 4, 8, 0.204],
    ['2xlarge', 8, 16, 0.408],
    ['4xlarge', 16, 32, 0.816],
    ['9xlarge', 36, 72, 1.836],
    ['18xlarge', 72, 144, 3.672],
  ],
  'ml.g4dn': [
    ['xlarge', 4, 16, 0.7364],
    ['2xlarge', 8, 32, 0.94],
    ['4xlarge', 16, 64, 1.505],
    ['8xlarge', 32, 128, 2.72],
    ['12xlarge', 48, 192, 4.89],
    ['16xlarge', 64, 256, 5.44],
  ],
  'ml.g5': [
    ['xlarge', 4, 16, 1.408],
    ['2xlarge', 8, 32, 1.515],
    ['4xlarge', 16, 64, 2.03],
    ['8xlarge', 32, 128, 3.06],
    ['12xlarge', 48, 192, 7.09],
    ['16xlarge', 64, 256, 5.12],
    ['24xlarge', 96, 384, 10.18],
    ['48xlarge', 192, 768, 20.36],
  ],
  'ml.g6': [
    ['xlarge', 4, 16, 1.1267],
    ['2xlarge', 8, 32, 1.222],
    ['4xlarge', 16, 64, 1.654],
    ['8xlarge', 32, 128, 2.518],
    ['12xlarge', 48, 192, 5.752],
    ['16xlarge', 64, 256, 4.246],
    ['24xlarge', 96, 384, 8.344],
    ['48xlarge', 192, 768, 16.688],
  ],
}

/** What SageMaker offers nearly everywhere: for when the price list cannot be read. */
export const builtinOffers = (region: string): Offer[] =>
  Object.entries(TABLE).flatMap(([family, rows]) =>
    rows.map(([size, cpus, memoryGib, usd]) => ({
      instanceName: `${family}.${size}`,
      cpus,
      memoryGib,
      priceUsdPerHour: region === PRICED_REGION ? usd : null,
    })),
  )
