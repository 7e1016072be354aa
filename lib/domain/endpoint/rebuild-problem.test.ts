import { expect, test } from 'vitest'
import { rebuildProblem } from './rebuild-problem'
import { DEFAULT_ADVANCED, type EndpointSpec } from './spec'

const specAt = (minReplicas: number, changes: Partial<EndpointSpec['hardware']> = {}): EndpointSpec => ({
  model: { source: { kind: 'hub', repository: 'a/b', revision: null }, task: 'text-classification' },
  hardware: {
    provider: 'sagemaker',
    connection: null,
    region: 'eu-west-1',
    instanceType: 'one',
    scaling: { minReplicas, maxReplicas: 2, scaleToZeroTimeoutMinutes: null },
    ...changes,
  },
  security: { level: 'protected' },
  advanced: DEFAULT_ADVANCED,
  secretNames: [],
})
const vpc = { subnets: ['subnet-0a1b2c3d'], securityGroups: ['sg-0a1b2c3d'] }

test('one kind of endpoint is not turned into the other while it is there', () => {
  expect(rebuildProblem(specAt(1), specAt(0))).toMatchObject({
    field: 'hardware.scaling.minReplicas',
    message: expect.stringContaining('Pause it, let it scale to zero, and resume it.'),
  })
  expect(rebuildProblem(specAt(0), specAt(2))?.message).toContain('Pause it, set the minimum')
  expect(rebuildProblem(specAt(1), specAt(2))).toBeNull()
})

test('one that scales to zero keeps hardware and subnets; others, and other providers, do not', () => {
  expect(rebuildProblem(specAt(0), specAt(0, { instanceType: 'two' }))?.field).toBe('hardware.instanceType')
  expect(rebuildProblem(specAt(0), { ...specAt(0), network: { vpc } })?.field).toBe('network.vpc')
  expect(rebuildProblem(specAt(0), specAt(0))).toBeNull()
  expect(rebuildProblem(specAt(1), specAt(1, { instanceType: 'two' }))).toBeNull()
  expect(
    rebuildProblem(specAt(1, { provider: 'huggingface' }), specAt(0, { provider: 'huggingface' })),
  ).toBeNull()
})
