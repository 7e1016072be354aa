import type { CatalogView } from '@/lib/domain/hardware/catalog'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { MAX_REPLICAS } from './spec'

const GIB = 1024 ** 3
const STATUS = { available: 'available', low: 'low_availability', unavailable: 'not_available' } as const

/** HF's hardware listing (`Vendors`): every instance type below its region and vendor. */
export function toHfVendors(catalog: CatalogView) {
  const vendors = new Map<string, Map<string, { label: string; computes: ReturnType<typeof toCompute>[] }>>()
  for (const provider of catalog.providers)
    for (const type of provider.instanceTypes) {
      const regions = vendors.get(type.vendor) ?? new Map()
      vendors.set(type.vendor, regions)
      const label = provider.regions.find(region => region.id === type.region)?.label ?? type.region
      const region = regions.get(type.region) ?? { label, computes: [] }
      regions.set(type.region, region)
      region.computes.push(toCompute(type))
    }
  return {
    vendors: [...vendors].map(([name, regions]) => ({
      name,
      status: 'available',
      regions: [...regions].map(([id, { label, computes }]) => ({
        name: id,
        label,
        status: 'available',
        computes,
      })),
    })),
  }
}

/**
 * GPU memory is the total over the accelerators, as at HF. A price nobody has set is null, not zero. Clients insist
 * on a quota and compare it with what they ask for: where we know none, it is what one endpoint may have at most.
 */
function toCompute(type: InstanceType) {
  const { gpu } = type
  const numAccelerators = gpu?.count ?? 1
  return {
    id: type.id,
    accelerator: type.accelerator,
    numAccelerators,
    numCpus: type.cpus,
    memoryGb: Math.round((type.memoryBytes / GIB) * 10) / 10,
    gpuMemoryGb: gpu ? Math.round(gpu.memoryBytes / GIB) : null,
    instanceType: type.type,
    instanceSize: type.size,
    architecture: gpu?.model ?? type.label,
    status: STATUS[type.availability.status],
    pricePerHour: type.priceUsdPerHour,
    quota: {
      maxAccelerators:
        type.availability.status === 'unavailable' ? 0 : numAccelerators * (type.quota ?? MAX_REPLICAS),
      usedAccelerators: 0,
    },
  }
}
