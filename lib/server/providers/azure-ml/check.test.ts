import { expect, test } from 'vitest'
import { DEFAULT_ADVANCED, DEFAULT_SCALING, type EndpointSpec } from '@/lib/domain/endpoint/spec'
import { checkAzureSpec } from './check'
import { allTypes } from './hardware'

const types = allTypes('eastus', new Map([['standard_ds3_v2', 0.293]]))
const spec: EndpointSpec = {
  model: { source: { kind: 'hub', repository: 'org/model', revision: null }, task: 'text-classification' },
  hardware: {
    provider: 'azure-ml',
    connection: null,
    region: 'eastus',
    instanceType: 'azure-eastus-DSv2-DS3_v2',
    scaling: DEFAULT_SCALING,
  },
  security: { level: 'protected' },
  advanced: DEFAULT_ADVANCED,
  secretNames: [],
}
const fieldsOf = (changed: Partial<EndpointSpec>) =>
  checkAzureSpec({ ...spec, ...changed }, types).map(({ field }) => field)

test('what can be deployed has no problems, and its price is known where the list has one', () => {
  expect(fieldsOf({})).toEqual([])
  expect(types.find(({ id }) => id === spec.hardware.instanceType)).toMatchObject({
    label: 'Standard_DS3_v2',
    priceUsdPerHour: 0.293,
  })
  expect(new Set(types.map(({ id }) => id)).size).toBe(types.length)
})

test('no more replicas are asked for than the subscription has CPUs of their family', () => {
  const limited = types.map(each => ({ ...each, quota: 2 }))
  const asked = (maxReplicas: number) => ({
    ...spec,
    hardware: { ...spec.hardware, scaling: { ...DEFAULT_SCALING, maxReplicas } },
  })
  expect(checkAzureSpec(asked(2), limited)).toEqual([])
  expect(checkAzureSpec(asked(3), limited)).toEqual([
    { field: 'hardware.scaling.maxReplicas', message: expect.stringContaining('2 × Standard_DS3_v2') },
  ])
})

test('what Azure would refuse is said at its field', () => {
  const { hardware, model, advanced } = spec
  const scaled = { ...hardware.scaling, minReplicas: 0 }
  expect(fieldsOf({ hardware: { ...hardware, scaling: scaled } })).toEqual(['hardware.scaling.minReplicas'])
  expect(fieldsOf({ hardware: { ...hardware, region: 'westus' } })).toEqual(['hardware.region'])
  expect(fieldsOf({ model: { ...model, source: { kind: 'folder', path: 'x' } } })).toEqual(['model.source'])
  expect(fieldsOf({ model: { ...model, task: 'custom' } })).toEqual(['model.task'])
  const engine = {
    kind: 'container' as const,
    image: 'ghcr.io/org/server:1',
    port: 8000,
    healthRoute: '/health',
    command: ['serve'],
    args: [],
  }
  expect(fieldsOf({ advanced: { ...advanced, engine } })).toEqual(['advanced.engine.command'])
})
