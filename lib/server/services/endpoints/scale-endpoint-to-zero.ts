import { canScaleEndpointToZero } from '@/lib/domain/access/rights'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/catalog'
import { fail, type Result } from '@/lib/domain/result'
import { providerOf } from '@/lib/server/providers/registry'
import type { Context } from '../context'
import { changeDesired } from './change-desired'
import { getEndpoint } from './get-endpoint'
import { requireEndpoint } from './require-endpoint'

/** Asks for no replicas until the next request, where the provider can wake an endpoint again. */
export async function scaleEndpointToZero(
  ctx: Context,
  input: EndpointRefInput,
): Promise<Result<EndpointDetail>> {
  const found = await requireEndpoint(ctx, input, canScaleEndpointToZero, 'scale this endpoint to zero')
  if (!found.ok) return found
  const { provider } = found.data.endpoint
  if (!providerOf(provider)?.capabilities.scaleToZero)
    return fail(
      'invalid_state',
      `${PROVIDER_LABELS[provider]} cannot scale to zero; pause the endpoint instead.`,
    )
  const scaled = await changeDesired(ctx, found.data, {
    action: 'scaleToZero',
    desired: 'scaledToZero',
    kind: 'scaleToZeroRequested',
    message: 'Scale to zero requested: replicas stop until the next request.',
  })
  return scaled.ok ? getEndpoint(ctx, { team: input.team, endpoint: scaled.data.id }) : scaled
}
