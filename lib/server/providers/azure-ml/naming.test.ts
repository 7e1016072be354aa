import { expect, test } from 'vitest'
import {
  deploymentNameOf,
  endpointNameOf,
  instanceOf,
  ownNameOf,
  replicaNameOf,
  revisionOfDeployment,
} from './naming'

const ref = { endpointId: '11111111-2222-4333-8444-555555555555', endpointName: 'llama' }
const AZURE = /^[a-zA-Z][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]$/

test('names are such as Azure takes', () => {
  expect(endpointNameOf(ref)).toBe('slipway-llama-11111111')
  expect(endpointNameOf({ ...ref, endpointName: 'a'.repeat(100) })).toMatch(AZURE)
  expect(endpointNameOf({ ...ref, endpointName: `${'a'.repeat(14)}-b` })).not.toContain('--')
  expect(deploymentNameOf(1)).toMatch(AZURE)
  const adopted = { ...ref, adopted: { name: 'their-llama', isReadOnly: true } }
  expect([endpointNameOf(adopted), ownNameOf(adopted)]).toEqual(['their-llama', 'slipway-llama-11111111'])
})

test('a deployment says its revision, an instance its deployment', () => {
  expect(revisionOfDeployment(deploymentNameOf(12))).toBe(12)
  expect(revisionOfDeployment('blue')).toBeNull()
  const instance = { deployment: 'rev-2', createdMs: 1_700_000_000_000, ordinal: 3 }
  expect(instanceOf(replicaNameOf(instance))).toEqual(instance)
  expect(instanceOf('somebody-1')).toBeNull()
})
