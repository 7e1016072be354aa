import { expect, test } from 'vitest'
import { instanceType } from '@/lib/domain/hardware/instance-type'
import { parseGpus } from './gpus'
import { localInstanceTypes, sizesOf } from './instance-types'

const GIB = 1024 ** 3
const machine = { cpus: 4, memoryBytes: 8 * GIB }
const noPrices = { usdPerCpuHour: null, usdPerGbHour: null, usdPerGpuHour: null }
const base = { machine, gpus: [], prices: noPrices, promisedBytes: 0 }

test('sizes double up to the whole machine', () => {
  expect(sizesOf(1)).toEqual([1])
  expect(sizesOf(2)).toEqual([1, 2])
  expect(sizesOf(6)).toEqual([1, 2, 4, 6])
  expect(sizesOf(8)).toEqual([1, 2, 4, 8])
})

test('each size has its share of the memory, and no price until somebody sets one', () => {
  const types = localInstanceTypes(base)
  expect(types.map(type => [type.id, type.memoryBytes / GIB, type.priceUsdPerHour])).toEqual([
    ['local-this-machine-cpu-x1', 2, null],
    ['local-this-machine-cpu-x2', 4, null],
    ['local-this-machine-cpu-x4', 8, null],
  ])
  for (const type of types) expect(instanceType.parse(type)).toEqual(type)
})

test('a price is the sum of what has one', () => {
  const prices = { usdPerCpuHour: 0.05, usdPerGbHour: 0.01, usdPerGpuHour: 2 }
  const [x1] = localInstanceTypes({ ...base, prices })
  expect(x1?.priceUsdPerHour).toBeCloseTo(0.05 + 0.01 * ((2 * GIB) / 1e9), 10)
  const [free] = localInstanceTypes({ ...base, prices: { ...noPrices, usdPerCpuHour: 0 } })
  expect(free?.priceUsdPerHour).toBe(0)
  const [onlyGpuPriced] = localInstanceTypes({ ...base, prices: { ...noPrices, usdPerGpuHour: 2 } })
  expect(onlyGpuPriced?.priceUsdPerHour).toBeNull()
})

test('what living replicas may take makes a size scarce, not forbidden', () => {
  const types = localInstanceTypes({ ...base, promisedBytes: 5 * GIB })
  expect(types.map(type => type.availability.status)).toEqual(['available', 'low', 'low'])
})

test('GPUs are listed with the reason why the model server cannot use them', () => {
  const gpus = parseGpus('NVIDIA A10G, 23028\nNVIDIA A10G, 23028\n\nNo devices were found\n')
  expect(gpus).toHaveLength(2)
  const listed = localInstanceTypes({ ...base, gpus }).filter(type => type.accelerator === 'gpu')
  expect(listed.map(type => [type.size, type.gpu?.count, type.availability.status])).toEqual([
    ['x1', 1, 'unavailable'],
    ['x2', 2, 'unavailable'],
  ])
})
