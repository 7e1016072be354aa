import { canRemoveEndpoint } from '@/lib/domain/access/rights'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import type { Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { changeDesired } from './change-desired'
import { requireEndpoint } from './require-endpoint'

/** Forgets an adopted endpoint that is only looked at. It stays in its account as it is. */
export async function releaseEndpoint(
  ctx: Context,
  input: EndpointRefInput,
): Promise<Result<{ id: string }>> {
  const found = await requireEndpoint(ctx, input, canRemoveEndpoint, 'release this endpoint')
  if (!found.ok) return found
  return changeDesired(ctx, found.data, {
    action: 'release',
    desired: 'absent',
    kind: 'deleteRequested',
    message: 'Release requested: Slipway forgets it, nothing is changed in its account.',
  })
}
