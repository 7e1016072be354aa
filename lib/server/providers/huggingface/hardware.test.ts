import { expect, test } from 'vitest'
import { DEFAULT_SCALING, type EndpointSpec } from '@/lib/domain/endpoint/spec'
import { hubSpec } from '@/lib/testing/hub-spec'
import { checkHfSpec } from './check'
import { fromVendors } from './hardware'

const l4 = (size: 1 | 4, quota?: { maxAccelerators: number; usedAccelerators: number }) => ({
  id: `aws-us-east-1-nvidia-l4-x${size}`,
  accelerator: 'gpu',
  numAccelerators: size,
  numCpus: 7,
  memoryGb: 30,
  gpuMemoryGb: 24 * size,
  instanceType: 'nvidia-l4',
  instanceSize: `x${size}`,
  architecture: 'Nvidia L4',
  status: 'available',
  pricePerHour: 0.8 * size,
  ...(quota ? { quota } : {}),
})
const typesOf = (...computes: ReturnType<typeof l4>[]) =>
  fromVendors({ vendors: [{ name: 'aws', regions: [{ name: 'us-east-1', computes }] }] }).instanceTypes

test('a quota of accelerators is one of replicas, by how many accelerators each has', () => {
  const quota = { maxAccelerators: 16, usedAccelerators: 1 }
  expect(typesOf(l4(1, quota), l4(4, quota)).map(type => type.quota)).toEqual([16, 4])
  expect(typesOf(l4(1))[0]).not.toHaveProperty('quota')
})

test('what is used up is said at the hardware, what exceeds the quota at the maximum', () => {
  const problemsOf = (quota: { maxAccelerators: number; usedAccelerators: number }, maxReplicas: number) => {
    const spec: EndpointSpec = hubSpec()
    const scaling = { ...DEFAULT_SCALING, maxReplicas }
    const hardware = { ...spec.hardware, region: 'us-east-1', instanceType: l4(1).id, scaling }
    return checkHfSpec({ ...spec, hardware }, typesOf(l4(1, quota)))
  }
  expect(problemsOf({ maxAccelerators: 2, usedAccelerators: 1 }, 2)).toEqual([])
  expect(problemsOf({ maxAccelerators: 2, usedAccelerators: 1 }, 3)).toEqual([
    { field: 'hardware.scaling.maxReplicas', message: expect.stringContaining('2 × Nvidia L4 x1') },
  ])
  expect(problemsOf({ maxAccelerators: 2, usedAccelerators: 2 }, 1)).toEqual([
    { field: 'hardware.instanceType', message: expect.stringContaining('2 of 2 used') },
  ])
})
