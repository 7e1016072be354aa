import { ACCELERATORS, type Accelerator } from '@/lib/domain/hardware/accelerator'
import type { InstanceType, Region } from '@/lib/domain/hardware/instance-type'
import type { HfCompute, HfVendors } from './answers'

const GIB = 1024 ** 3
const VENDOR_LABELS: Record<string, string> = { aws: 'AWS', azure: 'Azure', gcp: 'Google Cloud' }

/** The hardware listing in our words. What cannot be asked for at all (zero_gpu) is left out. */
export function fromVendors({ vendors }: HfVendors): { regions: Region[]; instanceTypes: InstanceType[] } {
  const regions: Region[] = []
  const instanceTypes: InstanceType[] = []
  for (const vendor of vendors)
    for (const region of vendor.regions) {
      const label = [VENDOR_LABELS[vendor.name] ?? vendor.name, region.label ?? region.name].join(', ')
      const isOpen = isOffered(vendor.status) && isOffered(region.status)
      const here = region.computes.flatMap(compute => toType(compute, vendor.name, region.name, isOpen))
      if (here.length > 0) regions.push({ id: region.name, label, provider: 'huggingface' })
      instanceTypes.push(...here)
    }
  return { regions, instanceTypes }
}

const isOffered = (status: string | null | undefined) => status !== 'not_available' && status !== 'deprecated'

function toType(compute: HfCompute, vendor: string, region: string, isOpen: boolean): InstanceType[] {
  const accelerator = acceleratorOf(compute.accelerator)
  if (!accelerator) return []
  const { instanceType, instanceSize, architecture, numAccelerators, gpuMemoryGb } = compute
  const model = architecture ?? instanceType
  const count = numAccelerators ?? 1
  const gpu =
    accelerator === 'cpu' ? null : { count, model, memoryBytes: Math.round((gpuMemoryGb ?? 0) * GIB) }
  return [
    {
      id: compute.id,
      provider: 'huggingface',
      vendor,
      region,
      accelerator,
      type: instanceType,
      size: instanceSize,
      label: `${model} ${instanceSize}`,
      // Their listing leaves CPUs out for some; one is what any of them has.
      cpus: Math.max(1, compute.numCpus ?? 1),
      memoryBytes: Math.max(1, Math.round((compute.memoryGb ?? 0) * GIB)),
      gpu,
      priceUsdPerHour: compute.pricePerHour ?? null,
      ...(compute.quota && count > 0 ? { quota: Math.floor(compute.quota.maxAccelerators / count) } : {}),
      availability: isOpen ? availabilityOf(compute, count) : UNAVAILABLE,
    },
  ]
}

const acceleratorOf = (text: string): Accelerator | undefined => ACCELERATORS.find(known => known === text)

const UNAVAILABLE = { status: 'unavailable', reason: 'Not offered there any more or at the moment.' } as const

function availabilityOf({ status, quota }: HfCompute, count: number): InstanceType['availability'] {
  if (!isOffered(status)) return UNAVAILABLE
  if (quota && quota.maxAccelerators - quota.usedAccelerators < count)
    return {
      status: 'unavailable',
      reason: `Quota: ${quota.usedAccelerators} of ${quota.maxAccelerators} used. Ask Hugging Face for more.`,
    }
  if (status === 'low_availability' || status === 'reserved')
    return { status: 'low', reason: 'Few are free: starting may take long.' }
  return { status: 'available' }
}
