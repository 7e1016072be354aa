import { expect, it } from 'vitest'
import { prepareHardware } from './prepare-replicas'
import type { HardwareCharts } from './view'

const MIB = 1024 ** 2
const memoryOf = (memory: (number | null)[], memoryLimit: number): HardwareCharts => ({
  fromMs: 0,
  toMs: memory.length * 10_000,
  stepSeconds: 10,
  count: memory.length,
  nowMs: memory.length * 10_000,
  moreReplicas: 0,
  replicas: [
    {
      replicaId: 'one',
      name: 'r1-1',
      ...{ cpu: memory, cpuMax: memory, memory, memoryMax: memory, memoryLimit, gpu: null, gpuMemory: null },
    },
  ],
})

it('draws a memory limit that is near, and says one that would flatten everything else', () => {
  const near = prepareHardware(memoryOf([100 * MIB, null], 256 * MIB), 'memory')
  expect(near).toMatchObject({ limit: { value: 256 * MIB } })
  expect(near.note).toBeUndefined()
  const far = prepareHardware(memoryOf([100 * MIB, null], 2048 * MIB), 'memory')
  expect(far.limit).toBeUndefined()
  expect(far.note).toMatch(/^The limit is .+, far above\.$/)
})
