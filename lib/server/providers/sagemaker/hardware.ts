import type { InstanceType } from '@/lib/domain/hardware/instance-type'

const GIB = 1024 ** 3

/** Accelerators per family: the price list does not say which they are. Memory is that of one, in GiB. */
const GPUS: Record<string, { model: string; memoryGib: number; counts: Record<string, number> }> = {
  g4dn: { model: 'Nvidia T4', memoryGib: 16, counts: { '12xlarge': 4 } },
  g5: { model: 'Nvidia A10G', memoryGib: 24, counts: { '12xlarge': 4, '24xlarge': 4, '48xlarge': 8 } },
  g6: { model: 'Nvidia L4', memoryGib: 24, counts: { '12xlarge': 4, '24xlarge': 4, '48xlarge': 8 } },
  g6e: { model: 'Nvidia L40S', memoryGib: 48, counts: { '12xlarge': 4, '24xlarge': 4, '48xlarge': 8 } },
  p3: { model: 'Nvidia V100', memoryGib: 16, counts: { '8xlarge': 4, '16xlarge': 8 } },
  p4d: { model: 'Nvidia A100', memoryGib: 40, counts: { '24xlarge': 8 } },
  p4de: { model: 'Nvidia A100', memoryGib: 80, counts: { '24xlarge': 8 } },
  p5: { model: 'Nvidia H100', memoryGib: 80, counts: { '4xlarge': 1, '48xlarge': 8 } },
  p5e: { model: 'Nvidia H200', memoryGib: 141, counts: { '48xlarge': 8 } },
  p5en: { model: 'Nvidia H200', memoryGib: 141, counts: { '48xlarge': 8 } },
}

/** Compute, general purpose, memory, burstable; of Intel or AMD, as the containers are. */
const CPU_FAMILY = /^(?:[cmr]\d(?:a|i|n|d|id|in|ad)?|t\d|t3a)$/
const NAME = /^ml\.([a-z0-9-]+)\.([a-z0-9-]+)$/

export type Offer = {
  /** `ml.g5.xlarge` */
  instanceName: string
  cpus: number
  memoryGib: number
  priceUsdPerHour: number | null
}

/** An offer as a type of ours; null for hardware the containers cannot use (Graviton, Inferentia) or unknown. */
export function instanceTypeOf(
  { instanceName, cpus, memoryGib, priceUsdPerHour }: Offer,
  region: string,
): InstanceType | null {
  const [, family = '', size = ''] = NAME.exec(instanceName) ?? []
  const gpu = GPUS[family]
  if (!gpu && !CPU_FAMILY.test(family)) return null
  const count = gpu?.counts[size] ?? 1
  return {
    id: `aws-${region}-ml.${family}-${size}`,
    provider: 'sagemaker',
    vendor: 'aws',
    region,
    accelerator: gpu ? 'gpu' : 'cpu',
    type: `ml.${family}`,
    size,
    label: instanceName,
    cpus,
    memoryBytes: Math.round(memoryGib * GIB),
    gpu: gpu ? { count, model: gpu.model, memoryBytes: gpu.memoryGib * count * GIB } : null,
    priceUsdPerHour,
    availability: { status: 'available' },
  }
}

/** The one name by which AWS knows it. */
export const awsNameOf = ({ type, size }: Pick<InstanceType, 'type' | 'size'>): string => `${type}.${size}`
