import { expect, test } from 'vitest'
import { requirementsOf, type SeenComponent } from './component'
import { componentSightingOf } from './component-sighting'
import type { SeenEndpoint } from './inventory'

const madeAt = new Date(1_000)
const account = { region: 'eu-west-1', baseUrl: null }
const endpointOn = (instances: number) =>
  ({
    EndpointName: 'slipway-x-00000000',
    EndpointStatus: 'InService',
    CreationTime: madeAt,
    ProductionVariants: [{ VariantName: 'r1', CurrentInstanceCount: instances }],
    tags: [],
  }) as unknown as SeenEndpoint
const component = (
  revision: number,
  status: NonNullable<SeenComponent['InferenceComponentStatus']>,
  [current, desired]: [number, number],
) =>
  ({
    name: `slipway-x-00000000-r${revision}`,
    revision,
    InferenceComponentStatus: status,
    RuntimeConfig: { CurrentCopyCount: current, DesiredCopyCount: desired },
    CreationTime: madeAt,
    ...(status === 'Failed' ? { FailureReason: 'it did not start' } : {}),
    tags: [],
  }) as unknown as SeenComponent
const seen = (instances: number, ...components: SeenComponent[]) => {
  const { replicas, ...sighting } = componentSightingOf('e', endpointOn(instances), components, account)
  return { ...sighting, replicas: replicas.map(({ name, state }) => `${name} ${state}`) }
}

test('at work it is called by the endpoint’s address and the component’s name', () => {
  expect(seen(2, component(1, 'InService', [2, 2]))).toMatchObject({
    state: 'running',
    revision: 1,
    address:
      'https://runtime.sagemaker.eu-west-1.amazonaws.com/endpoints/slipway-x-00000000/invocations#slipway-x-00000000-r1',
    readyReplicas: 2,
    targetReplicas: 2,
    replicas: ['c1-1000-1 running', 'c1-1000-2 running'],
  })
})

test('at zero it counts what SageMaker has not ended yet, and then nothing', () => {
  const resting = component(1, 'InService', [0, 0])
  expect(seen(1, resting)).toMatchObject({ state: 'scaledToZero', replicas: ['c1-1000-1 initializing'] })
  expect(seen(0, resting)).toMatchObject({ state: 'scaledToZero', readyReplicas: 0, replicas: [] })
})

test('woken it waits for an instance, which is free, then for the model, which is not', () => {
  const waking = component(1, 'Updating', [0, 1])
  expect(seen(0, waking)).toMatchObject({ state: 'initializing', replicas: ['c1-1000-1 pending'] })
  expect(seen(1, waking)).toMatchObject({ state: 'initializing', replicas: ['c1-1000-1 initializing'] })
})

test('while a revision starts beside the old one, calls go to the old one; so they do when it fails', () => {
  const old = component(1, 'InService', [1, 1])
  expect(seen(2, component(2, 'Creating', [0, 1]), old)).toMatchObject({
    state: 'updating',
    revision: 2,
    address: expect.stringMatching(/-r1$/),
    replicas: ['c1-1000-1 running', 'c2-1000-1 initializing'],
  })
  expect(seen(1, component(2, 'Failed', [0, 1]), old)).toMatchObject({
    state: 'updateFailed',
    revision: 2,
    errorMessage: 'it did not start',
    address: expect.stringMatching(/-r1$/),
    readyReplicas: 1,
    replicas: ['c1-1000-1 running'],
  })
  expect(seen(1, component(2, 'InService', [1, 1]), old).address).toMatch(/-r2$/)
})

test('the first that fails has failed, and an endpoint without a model is no running one', () => {
  expect(seen(0, component(1, 'Failed', [0, 1]))).toMatchObject({ state: 'failed', replicas: [] })
  expect(seen(1)).toMatchObject({ state: 'paused', revision: null, isIncomplete: true, address: null })
})

test('a copy has an instance for itself: all of its accelerators, or more than half of its cores', () => {
  expect(requirementsOf({ gpu: { count: 4, model: 'any', memoryBytes: 1 }, cpus: 48 })).toEqual({
    MinMemoryRequiredInMb: 1_024,
    NumberOfAcceleratorDevicesRequired: 4,
  })
  expect(requirementsOf({ gpu: null, cpus: 2 })).toEqual({
    MinMemoryRequiredInMb: 1_024,
    NumberOfCpuCoresRequired: 1.25,
  })
})
