// Hardware, usages and prices come from the stand-in, checked against Microsoft's specification.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAzurePlace } from '@/lib/testing/azure/place'
import { createAzureProvider } from './provider'

let place: Awaited<ReturnType<typeof startAzurePlace>>
beforeAll(async () => {
  place = await startAzurePlace()
})
afterAll(() => place?.edge.stop())

test('how many the subscription may have of a size is its family’s CPUs by those of the size, less Azure’s reserve', async () => {
  const { instanceTypes } = await createAzureProvider(place.account).catalog()
  const of = (label: string) => instanceTypes.find(type => type.label === label)
  expect(of('Standard_DS3_v2')).toMatchObject({ quota: 20, availability: { status: 'available' } })
  expect(of('Standard_F4s_v2')).toMatchObject({ availability: { status: 'available' } })
  expect(of('Standard_F4s_v2')).not.toHaveProperty('quota')
  // All are taken, which is said of the hardware; it may be this very endpoint that takes them.
  expect(of('Standard_NC4as_T4_v3')).toMatchObject({
    quota: 1,
    availability: { status: 'unavailable', reason: expect.stringMatching(/8 of 8 CPUs.*needs 8, as Azure/) },
  })
  expect(of('Standard_NC24ads_A100_v4')).toMatchObject({ quota: 0, availability: { status: 'unavailable' } })
})

test('without the right to read usages nothing is known to be used up', async () => {
  const DENIED = "AuthorizationFailed: The client 'app' may not perform action 'usages/read' over scope 's'."
  place.edge.fate = ({ path }) => (path.endsWith('/usages') ? { status: 403, error: DENIED } : 'pass')
  const { instanceTypes, builtin } = await createAzureProvider(place.account).catalog()
  expect(builtin).toBeUndefined()
  expect(instanceTypes.every(type => type.quota === undefined)).toBe(true)
})
