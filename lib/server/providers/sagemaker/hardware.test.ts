import { expect, test } from 'vitest'
import { builtinOffers } from './builtin-hardware'
import { instanceTypeOf } from './hardware'

const offer = (instanceName: string) => ({ instanceName, cpus: 48, memoryGib: 192, priceUsdPerHour: 7.09 })

test('accelerators are told by the family, with the memory of all of them', () => {
  expect(instanceTypeOf(offer('ml.g5.12xlarge'), 'us-east-1')).toMatchObject({
    id: 'aws-us-east-1-ml.g5-12xlarge',
    accelerator: 'gpu',
    gpu: { count: 4, model: 'Nvidia A10G', memoryBytes: 96 * 1024 ** 3 },
    priceUsdPerHour: 7.09,
  })
  expect(instanceTypeOf(offer('ml.m5.xlarge'), 'us-east-1')).toMatchObject({ accelerator: 'cpu', gpu: null })
})

test('what the containers cannot use is not offered', () => {
  for (const name of ['ml.c7g.large', 'ml.m6gd.xlarge', 'ml.inf2.xlarge', 'ml.trn1.32xlarge', 'other'])
    expect(instanceTypeOf(offer(name), 'us-east-1')).toBeNull()
})

test('built-in prices are of one region; elsewhere there is none', () => {
  expect(builtinOffers('us-east-1').every(({ priceUsdPerHour }) => priceUsdPerHour !== null)).toBe(true)
  expect(builtinOffers('eu-west-1').every(({ priceUsdPerHour }) => priceUsdPerHour === null)).toBe(true)
  expect(builtinOffers('eu-west-1').every(one => instanceTypeOf(one, 'eu-west-1') !== null)).toBe(true)
})
