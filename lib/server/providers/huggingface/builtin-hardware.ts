import type { HfVendors } from './answers'

/** When this table was read off Hugging Face's price list. */
export const BUILTIN_AS_OF = '2026-08-20'

type Row = readonly [type: string, architecture: string, memoryGb: number, sizes: Record<string, number>]

/** CPU: memory per `x1`, which has one CPU. */
const CPUS: Record<string, readonly Row[]> = {
  'aws us-east-1': [
    ['intel-spr', 'Intel Sapphire Rapids', 2, { x1: 0.033, x2: 0.067, x4: 0.134, x8: 0.268, x16: 0.536 }],
  ],
  'aws eu-west-1': [
    ['intel-spr', 'Intel Sapphire Rapids', 2, { x1: 0.033, x2: 0.067, x4: 0.134, x8: 0.268, x16: 0.536 }],
  ],
  'azure eastus': [['intel-xeon', 'Intel Xeon', 2, { x1: 0.06, x2: 0.12, x4: 0.24, x8: 0.48 }]],
  'gcp us-east4': [['intel-spr', 'Intel Sapphire Rapids', 2, { x1: 0.05, x2: 0.1, x4: 0.2, x8: 0.4 }]],
}

/** GPU: memory of one accelerator. */
const GPUS: Record<string, readonly Row[]> = {
  'aws us-east-1': [
    ['nvidia-t4', 'Nvidia T4', 14, { x1: 0.5, x4: 3 }],
    ['nvidia-l4', 'Nvidia L4', 24, { x1: 0.8, x4: 3.8 }],
    ['nvidia-a10g', 'Nvidia A10G', 24, { x1: 1, x4: 5 }],
    ['nvidia-l40s', 'Nvidia L40S', 48, { x1: 1.8, x4: 8.3, x8: 23.5 }],
    ['nvidia-a100', 'Nvidia A100', 80, { x1: 2.5, x2: 5, x4: 10, x8: 20 }],
    ['nvidia-h200', 'Nvidia H200', 141, { x1: 5, x2: 10, x4: 20, x8: 40 }],
  ],
  'gcp us-east4': [
    ['nvidia-t4', 'Nvidia T4', 16, { x1: 0.5 }],
    ['nvidia-l4', 'Nvidia L4', 24, { x1: 0.7, x4: 3.8 }],
    ['nvidia-a100', 'Nvidia A100', 80, { x1: 3.6, x2: 7.2, x4: 14.4, x8: 28.8 }],
    ['nvidia-h100', 'Nvidia H100', 80, { x1: 10, x2: 20, x4: 40, x8: 80 }],
  ],
}

const LABELS: Record<string, string> = {
  'us-east-1': 'N. Virginia',
  'eu-west-1': 'Ireland',
  eastus: 'East US',
  'us-east4': 'N. Virginia',
}

/** What Hugging Face offered on that day, in the form of its own listing: for when that cannot be read. */
export function builtinVendors(): HfVendors {
  const places = Object.keys(CPUS).map(key => {
    const [vendor = '', region = ''] = key.split(' ')
    const cpus = (CPUS[key] ?? []).flatMap(row => computesOf(vendor, region, 'cpu', row))
    const gpus = (GPUS[key] ?? []).flatMap(row => computesOf(vendor, region, 'gpu', row))
    return { vendor, region: { name: region, label: LABELS[region] ?? region, computes: [...cpus, ...gpus] } }
  })
  const vendors = [...new Set(places.map(({ vendor }) => vendor))]
  return {
    vendors: vendors.map(name => ({
      name,
      regions: places.filter(place => place.vendor === name).map(({ region }) => region),
    })),
  }
}

function computesOf(vendor: string, region: string, accelerator: 'cpu' | 'gpu', row: Row) {
  const [instanceType, architecture, memoryGb, sizes] = row
  return Object.entries(sizes).map(([instanceSize, pricePerHour]) => {
    const count = Number(instanceSize.slice(1))
    const isGpu = accelerator === 'gpu'
    return {
      id: `${vendor}-${region}-${instanceType}-${instanceSize}`,
      accelerator,
      instanceType,
      instanceSize,
      architecture,
      pricePerHour,
      numAccelerators: isGpu ? count : 1,
      // The list does not say what else a GPU machine has; a model that fits its GPUs fits beside them.
      numCpus: count,
      memoryGb: memoryGb * count,
      gpuMemoryGb: isGpu ? memoryGb * count : null,
      status: 'available',
    }
  })
}
