// Part of a stand-in for Azure: how its calls look, and how it refuses.
import type { Dialect } from '../endpoint-contract'
import type { Fate } from '../fault-proxy'

const refused = (status: number, error: string): Fate => ({ status, error })
const down = refused(503, 'ServiceUnavailable: down')
const slowDown: Fate = {
  ...refusedObject(429, 'TooManyRequests: slow down'),
  headers: { 'retry-after': '0' },
}
const DENIED =
  "AuthorizationFailed: The client 'app' does not have authorization to perform action 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write' over scope '/subscriptions/s'."

function refusedObject(status: number, error: string) {
  return { status, error }
}

export const AZURE_DIALECT: Dialect = {
  isCreate: ({ method }) => method === 'PUT',
  isUpdate: ({ method }) => method === 'PUT',
  isDelete: ({ method }) => method === 'DELETE',
  blind: ({ method, path }) => {
    if (method !== 'GET' || !path.includes('/onlineEndpoints')) return 'pass'
    return /\/(onlineEndpoints|deployments)$/.test(path)
      ? refused(200, '')
      : refused(404, 'ResourceNotFound: not found')
  },
  slowDown,
  down,
  refusals: [
    [
      refused(401, 'ExpiredAuthenticationToken: The access token expired.'),
      'credentials',
      /under Connections/,
    ],
    [refused(403, DENIED), 'permission', /Add Microsoft\.MachineLearningServices\S*onlineEndpoints\/write/],
    [refused(400, 'OutOfQuota: Not enough quota for Standard_DS3_v2.'), 'quota', /under Quotas/],
    [refused(400, 'OutOfCapacity: The region has none.'), 'capacity', /Choose another/],
    [refused(400, 'UserError: The image does not suit.'), 'invalid_spec', /The image does not suit/],
    [slowDown, 'rate_limited', /limits how often/],
    [down, 'unexpected', /answered 503/],
  ],
  metrics: { requests: { title: 'Requests per minute', series: '2xx' }, timeTitle: 'Request latency' },
  isScaleToZero: null,
}
