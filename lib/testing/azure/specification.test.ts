import { expect, test } from 'vitest'
import { OPERATIONS } from './operations'
import { answerProblems, operationOf, requestProblems } from './specification'

const ENDPOINT =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/e-1'
const VERSION = new URLSearchParams({ 'api-version': '2024-10-01' })
const put = operationOf('PUT', ENDPOINT)?.operation
if (!put) throw new Error('no operation')
const asked = {
  location: 'eastus',
  tags: {},
  properties: { authMode: 'AADToken', traffic: { 'rev-1': 100 } },
}

test('a call is known by method and path, and tells its names', () => {
  expect(operationOf('PUT', ENDPOINT)).toMatchObject({
    operation: { id: 'onlineEndpointsCreateOrUpdate' },
    names: { endpoint: 'e-1' },
  })
  expect(operationOf('HEAD', ENDPOINT)).toBeNull()
  expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length)
})

test('what the specification does not know is a problem of the request', () => {
  expect(requestProblems(put, VERSION, asked)).toEqual([])
  expect(requestProblems(put, new URLSearchParams(), asked)).toEqual(['wrong api-version'])
  const strange = [
    { ...asked, colour: 'blue' },
    { ...asked, location: undefined },
    { ...asked, properties: { ...asked.properties, authMode: 'Password' } },
    // Read only.
    { ...asked, properties: { ...asked.properties, provisioningState: 'Succeeded' } },
    { ...asked, properties: { ...asked.properties, traffic: { 'rev-1': '100' } } },
  ]
  for (const body of strange) expect(requestProblems(put, VERSION, body)).not.toEqual([])
})

test('and of the answer, whose status counts too', () => {
  const told = { ...asked, id: ENDPOINT, name: 'e-1', type: 'onlineEndpoints' }
  expect(answerProblems(put, 201, told)).toEqual([])
  expect(answerProblems(put, 202, told)).not.toEqual([])
  expect(answerProblems(put, 200, asked)).not.toEqual([])
  expect(answerProblems(put, 409, { error: { code: 'Conflict', message: 'busy' } })).toEqual([])
  expect(answerProblems(put, 409, { error: 'busy' })).not.toEqual([])
})
