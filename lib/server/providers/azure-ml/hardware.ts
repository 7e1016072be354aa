import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { FAMILIES, type Family } from './builtin-hardware'

const GIB = 1024 ** 3

/** Dollars per hour by Azure's name in small letters; null where there is no price. */
type Prices = ReadonlyMap<string, number>

export const azureNameOf = ({ size }: Pick<InstanceType, 'size'>): string => `Standard_${size}`

/** Everything endpoints can run on in a region, before anybody has asked what is to be had there. */
export const allTypes = (region: string, prices: Prices): InstanceType[] =>
  Object.entries(FAMILIES).flatMap(([type, family]) => typesOf(type, family, region, prices))

const typesOf = (type: string, { gpu, rows }: Family, region: string, prices: Prices): InstanceType[] =>
  rows.map(([size, cpus, memoryGib, count = 0]) => ({
    id: `azure-${region}-${type}-${size}`,
    provider: 'azure-ml',
    vendor: 'azure',
    region,
    accelerator: gpu ? 'gpu' : 'cpu',
    type,
    size,
    label: azureNameOf({ size }),
    cpus,
    memoryBytes: Math.round(memoryGib * GIB),
    gpu: gpu ? { count, model: gpu.model, memoryBytes: gpu.memoryGib * count * GIB } : null,
    priceUsdPerHour: prices.get(azureNameOf({ size }).toLowerCase()) ?? null,
    availability: { status: 'available' },
  }))
