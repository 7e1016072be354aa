import type { Dialect } from '../endpoint-contract'
import type { Fate } from '../fault-proxy'

const refused = (status: number, error: string): Fate => ({ status, error })
const down = refused(503, 'ServiceUnavailable: down')
const slowDown = refused(400, 'ThrottlingException: Rate exceeded')
const DENIED =
  'AccessDeniedException: User: arn:aws:iam::123456789012:user/slipway is not authorized to perform: sagemaker:CreateModel on resource: arn:aws:sagemaker:us-east-1:123456789012:model/x'

/** AWS: an action per call, and an error by name. */
export const AWS_DIALECT: Dialect = {
  isCreate: ({ path }) => path.startsWith('/Create'),
  isUpdate: ({ path }) => path === '/UpdateEndpoint',
  isDelete: ({ path }) => path.startsWith('/Delete'),
  blind: ({ path }) => {
    if (path.startsWith('/Describe'))
      return refused(400, 'ValidationException: Could not find endpoint "arn".')
    return /^\/List(Endpoint|Model)/.test(path) ? { status: 200, error: '' } : 'pass'
  },
  slowDown,
  down,
  refusals: [
    [
      refused(403, 'UnrecognizedClientException: The security token is invalid.'),
      'credentials',
      /Connections/,
    ],
    [refused(400, 'ExpiredTokenException: The security token is expired.'), 'credentials', /have expired/],
    [refused(400, DENIED), 'permission', /Add sagemaker:CreateModel to their policy/],
    [
      refused(400, 'ResourceLimitExceeded: The limit for ml.m5.xlarge is 0.'),
      'quota',
      /Service Quotas console/,
    ],
    [
      refused(400, 'ValidationException: Unable to provision: insufficient capacity.'),
      'capacity',
      /Choose another/,
    ],
    [
      refused(400, 'ValidationException: The image does not suit.'),
      'invalid_spec',
      /The image does not suit/,
    ],
    [slowDown, 'rate_limited', /limits how often/],
    [down, 'unexpected', /answered 503/],
  ],
  metrics: { requests: { title: 'Invocations', series: 'all' }, timeTitle: 'Model latency' },
  isScaleToZero: null,
}
