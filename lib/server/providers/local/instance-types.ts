import type { InstanceType, Region } from '@/lib/domain/hardware/instance-type'
import type { Gpu } from './gpus'
import type { Machine } from './machine'
import type { LocalSettings } from './settings'

export const LOCAL_REGION: Region = { id: 'this-machine', label: 'This machine', provider: 'local' }

const MIB = 1024 * 1024
const GB = 1e9

/** Doubling sizes, and the whole machine: 6 CPUs give 1, 2, 4, 6. */
export function sizesOf(cpus: number): number[] {
  const sizes: number[] = []
  for (let size = 1; size < cpus; size *= 2) sizes.push(size)
  return [...sizes, cpus]
}

type Options = {
  machine: Machine
  gpus: readonly Gpu[]
  prices: LocalSettings['prices']
  /** Memory that living replicas may take already. */
  promisedBytes: number
}

export function localInstanceTypes(options: Options): InstanceType[] {
  return [
    ...sizesOf(options.machine.cpus).map(cpus => cpuType(cpus, options)),
    ...options.gpus.map((_, index) => gpuType(index + 1, options)),
  ]
}

const common = { provider: 'local', vendor: 'local', region: LOCAL_REGION.id } as const

function cpuType(cpus: number, { machine, prices, promisedBytes }: Options): InstanceType {
  const memoryBytes = Math.floor((machine.memoryBytes * cpus) / machine.cpus / MIB) * MIB
  const freeBytes = machine.memoryBytes - promisedBytes
  return {
    ...common,
    id: `local-${LOCAL_REGION.id}-cpu-x${cpus}`,
    accelerator: 'cpu',
    type: 'cpu',
    size: `x${cpus}`,
    label: `This machine, ${cpus} ${cpus === 1 ? 'CPU' : 'CPUs'}`,
    cpus,
    memoryBytes,
    gpu: null,
    priceUsdPerHour: price(cpus, memoryBytes, 0, prices),
    availability:
      freeBytes >= memoryBytes
        ? { status: 'available' }
        : {
            status: 'low',
            reason: `Replicas that run here may already use ${gigabytes(promisedBytes)} of ${gigabytes(machine.memoryBytes)}.`,
          },
  }
}

function gpuType(count: number, { machine, gpus, prices }: Options): InstanceType {
  const cpus = Math.max(1, Math.floor((machine.cpus * count) / gpus.length))
  const memoryBytes = Math.floor((machine.memoryBytes * count) / gpus.length / MIB) * MIB
  const model = gpus[0]?.model ?? 'GPU'
  return {
    ...common,
    id: `local-${LOCAL_REGION.id}-gpu-x${count}`,
    accelerator: 'gpu',
    type: 'gpu',
    size: `x${count}`,
    label: `This machine, ${count} × ${model}`,
    cpus,
    memoryBytes,
    gpu: { count, model, memoryBytes: gpus.slice(0, count).reduce((sum, gpu) => sum + gpu.memoryBytes, 0) },
    priceUsdPerHour: price(cpus, memoryBytes, count, prices),
    availability: {
      status: 'unavailable',
      reason: 'The built-in model server runs on CPUs only; this GPU is listed but cannot be used by it.',
    },
  }
}

/** Of what has a price; null when nobody has set one for anything this instance has. */
function price(
  cpus: number,
  memoryBytes: number,
  gpus: number,
  { usdPerCpuHour, usdPerGbHour, usdPerGpuHour }: LocalSettings['prices'],
): number | null {
  const parts = [
    usdPerCpuHour === null ? null : usdPerCpuHour * cpus,
    usdPerGbHour === null ? null : (usdPerGbHour * memoryBytes) / GB,
    usdPerGpuHour === null || gpus === 0 ? null : usdPerGpuHour * gpus,
  ].filter(part => part !== null)
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0)
}

export const gigabytes = (bytes: number): string => `${(bytes / GB).toFixed(1)} GB`
