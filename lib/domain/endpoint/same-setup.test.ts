import { expect, test } from 'vitest'
import { hubSpec } from '@/lib/testing/hub-spec'
import { isSameSetup } from './same-setup'

const theirs = hubSpec({ GREETING: 'theirs' })

test('what is of Slipway alone, and the number of replicas, make no other setup', () => {
  const { hardware, advanced } = theirs
  const scaling = { ...hardware.scaling, minReplicas: 3, maxReplicas: 3 }
  const ours = {
    ...theirs,
    security: { level: 'public' as const },
    hardware: { ...hardware, scaling, connection: '11111111-2222-4333-8444-555555555555' },
    advanced: { ...advanced, tags: ['ours'], requestTimeoutSeconds: 7 },
  }
  expect(isSameSetup(theirs, ours)).toBe(true)
})

test('another variable, another secret or other hardware do', () => {
  expect(isSameSetup(theirs, hubSpec({ GREETING: 'ours' }))).toBe(false)
  expect(isSameSetup(theirs, { ...theirs, secretNames: ['TOKEN'] })).toBe(false)
  const hardware = { ...theirs.hardware, instanceType: 'another' }
  expect(isSameSetup(theirs, { ...theirs, hardware })).toBe(false)
})
