import { expect, test } from 'vitest'
import {
  componentRevision,
  componentVariantOf,
  endpointNameOf,
  isRevisionOf,
  logGroupOf,
  ownNameOf,
  refOfOwnName,
  revisionNameOf,
  revisionOfName,
} from './naming'

const ref = { endpointId: '11111111-2222-4333-8444-555555555555', endpointName: 'llama' }

test('a name says whose it is, which of them, and which revision', () => {
  expect(endpointNameOf(ref)).toBe('slipway-llama-11111111')
  expect(revisionNameOf(ref, 12)).toBe('slipway-llama-11111111-r12')
  expect(revisionOfName('slipway-llama-11111111-r12')).toBe(12)
  expect(revisionOfName('slipway-llama-11111111')).toBeNull()
  expect(revisionOfName(undefined)).toBeNull()
})

test('an adopted endpoint keeps its name; what is made for it has ours', () => {
  const adopted = { ...ref, adopted: { name: 'their-llama-r3', isReadOnly: false } }
  expect(endpointNameOf(adopted)).toBe('their-llama-r3')
  expect(logGroupOf(adopted)).toBe('/aws/sagemaker/Endpoints/their-llama-r3')
  expect(revisionNameOf(adopted, 2)).toBe('slipway-llama-11111111-r2')
  expect(revisionOfName('their-llama-r3')).toBeNull()
})

test('the longest name is one that SageMaker takes', () => {
  const longest = revisionNameOf({ ...ref, endpointName: 'a'.repeat(100) }, 1_000_000)
  expect(longest.length).toBeLessThanOrEqual(63)
  expect(longest).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/)
  const cut = endpointNameOf({ ...ref, endpointName: `${'a'.repeat(31)}-b` })
  expect(cut).not.toContain('--')
})

test('a revision of another endpoint whose name begins alike is not ours', () => {
  expect(isRevisionOf(ref, 'slipway-llama-11111111-r1')).toBe(true)
  expect(isRevisionOf(ref, 'slipway-llama-11111111-r1-r2')).toBe(false)
  expect(isRevisionOf(ref, 'slipway-llama-111111110-r1')).toBe(false)
})

test('what we called so leads back to whose it is', () => {
  expect(refOfOwnName(ownNameOf(ref), ref.endpointId)).toEqual(ref)
})

test('a component is told from a variant by its name', () => {
  expect([componentVariantOf(3), componentRevision('c3'), componentRevision('r3')]).toEqual(['c3', 3, null])
})
