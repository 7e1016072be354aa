import type { Dialect } from './endpoint-contract'
import type { Call, Fate } from './fault-proxy'

const down: Fate = { status: 503, error: 'down' }

/** Hugging Face's API: methods say what is done, statuses how it is refused. */
export const HF_DIALECT: Dialect = {
  isCreate: ({ method, path }: Call) => method === 'POST' && path.split('/').length === 4,
  isUpdate: ({ method }) => method === 'PUT',
  isDelete: ({ method }) => method === 'DELETE',
  blind: ({ method, path }) =>
    method === 'GET' && path.startsWith('/v2/endpoint') ? { status: 404, error: 'not found' } : 'pass',
  slowDown: { status: 429, error: 'slow down', headers: { 'retry-after': '0' } },
  down,
  refusals: [
    [{ status: 401, error: 'UNAUTHORIZED' }, 'credentials', /Replace it under Connections/],
    [{ status: 403, error: 'missing permissions: inference.endpoints.write' }, 'permission', /Add inference/],
    [{ status: 400, error: 'quota exceeded for nvidia-a100' }, 'quota', /Choose other hardware/],
    [{ status: 400, error: 'no capacity available' }, 'capacity', /Choose another/],
    [{ status: 400, error: 'VALIDATION_FAILED: model' }, 'invalid_spec', /VALIDATION_FAILED: model/],
    [{ status: 429, error: 'slow down' }, 'rate_limited', /limits how often/],
    [down, 'unexpected', /answered 503/],
  ],
  metrics: { requests: { title: 'Requests by status', series: '200' }, timeTitle: 'Response time' },
  isScaleToZero: ({ path }) => path.endsWith('/scale-to-zero'),
}
