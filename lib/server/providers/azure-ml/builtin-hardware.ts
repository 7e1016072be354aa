/**
 * What managed online endpoints run on: Microsoft's list of sizes for them (its page of that day), with the memory of
 * the virtual machines.
 * No service says which sizes these are or what accelerators they have, so this table is always asked; whether a size
 * is to be had in a region, how much of it and for what price, is Azure's to say.
 */
export const BUILTIN_AS_OF = '2025-10-18'

/** Memory is that of one. */
type Gpu = { model: string; memoryGib: number }
/** [size, CPUs, memory in GiB, accelerators] */
type Row = readonly [size: string, cpus: number, memoryGib: number, gpus?: number]
export type Family = {
  quota: string
  gpu: Gpu | null
  rows: readonly Row[]
  /** Of these Azure keeps nothing back for its own upgrades. */
  isWithoutReserve?: true
}

const A100_80 = { model: 'Nvidia A100', memoryGib: 80 }
const H100 = { model: 'Nvidia H100', memoryGib: 80 }

/** By the name we show; `quota` is Azure's name of the family. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  DSv2: {
    quota: 'standardDSv2Family',
    gpu: null,
    rows: [
      ['DS1_v2', 1, 3.5],
      ['DS2_v2', 2, 7],
      ['DS3_v2', 4, 14],
      ['DS4_v2', 8, 28],
      ['DS5_v2', 16, 56],
    ],
  },
  FSv2: {
    quota: 'standardFSv2Family',
    gpu: null,
    rows: [
      ['F2s_v2', 2, 4],
      ['F4s_v2', 4, 8],
      ['F8s_v2', 8, 16],
      ['F16s_v2', 16, 32],
      ['F32s_v2', 32, 64],
      ['F48s_v2', 48, 96],
      ['F64s_v2', 64, 128],
      ['F72s_v2', 72, 144],
    ],
  },
  ESv3: {
    quota: 'standardESv3Family',
    gpu: null,
    rows: [
      ['E2s_v3', 2, 16],
      ['E4s_v3', 4, 32],
      ['E8s_v3', 8, 64],
      ['E16s_v3', 16, 128],
      ['E32s_v3', 32, 256],
      ['E48s_v3', 48, 384],
      ['E64s_v3', 64, 432],
    ],
  },
  NCasT4v3: {
    quota: 'standardNCASv3_T4Family',
    gpu: { model: 'Nvidia T4', memoryGib: 16 },
    rows: [
      ['NC4as_T4_v3', 4, 28, 1],
      ['NC8as_T4_v3', 8, 56, 1],
      ['NC16as_T4_v3', 16, 110, 1],
      ['NC64as_T4_v3', 64, 440, 4],
    ],
  },
  NVadsA10v5: {
    quota: 'standardNVADSA10v5Family',
    gpu: { model: 'Nvidia A10', memoryGib: 24 },
    rows: [
      ['NV36ads_A10_v5', 36, 440, 1],
      ['NV72ads_A10_v5', 72, 880, 2],
    ],
  },
  NCadsA100v4: {
    quota: 'standardNCADSA100v4Family',
    isWithoutReserve: true,
    gpu: A100_80,
    rows: [
      ['NC24ads_A100_v4', 24, 220, 1],
      ['NC48ads_A100_v4', 48, 440, 2],
      ['NC96ads_A100_v4', 96, 880, 4],
    ],
  },
  NDasrA100v4: {
    quota: 'standardNDASv4_A100Family',
    isWithoutReserve: true,
    gpu: { model: 'Nvidia A100', memoryGib: 40 },
    rows: [['ND96asr_v4', 96, 900, 8]],
  },
  NDamsrA100v4: {
    quota: 'standardNDAMSv4_A100Family',
    isWithoutReserve: true,
    gpu: A100_80,
    rows: [['ND96amsr_A100_v4', 96, 1_900, 8]],
  },
  NCadsH100v5: {
    quota: 'standardNCADSH100v5Family',
    isWithoutReserve: true,
    gpu: { model: 'Nvidia H100 NVL', memoryGib: 94 },
    rows: [
      ['NC40ads_H100_v5', 40, 320, 1],
      ['NC80adis_H100_v5', 80, 640, 2],
    ],
  },
  NDisrH100v5: {
    quota: 'standardNDv5H100Family',
    isWithoutReserve: true,
    gpu: H100,
    rows: [['ND96isr_H100_v5', 96, 1_900, 8]],
  },
}
