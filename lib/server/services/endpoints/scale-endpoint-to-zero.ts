import { canScaleEndpointToZero } from '@/lib/domain/access/rights'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { PROVIDER_LABELS } from '@/lib/domain/hardware/provider'
import { fail, type Result } from '@/lib/domain/result'
import { providerSource } from '../connections/provider-source'
import type { Context } from '../context'
import { changeDesired } from './change-desired'
import { getEndpoint } from './get-endpoint'
import { type Found, requireEndpoint } from './require-endpoint'
import { readRevision } from './revision-rows'

/** Asks for no replicas until the next request, where the provider can wake an endpoint again. */
export async function scaleEndpointToZero(
  ctx: Context,
  input: EndpointRefInput,
): Promise<Result<EndpointDetail>> {
  const found = await requireEndpoint(ctx, input, canScaleEndpointToZero, 'scale this endpoint to zero')
  if (!found.ok) return found
  const refused = await whyNotHere(ctx, found.data)
  if (refused) return refused
  const scaled = await changeDesired(ctx, found.data, {
    action: 'scaleToZero',
    desired: 'scaledToZero',
    kind: 'scaleToZeroRequested',
    message: 'Scale to zero requested: replicas stop until the next request.',
  })
  return scaled.ok ? getEndpoint(ctx, { team: input.team, endpoint: scaled.data.id }) : scaled
}

/** What the provider, or the endpoint's own minimum, has against it. */
async function whyNotHere({ db }: Context, { endpoint }: Found): Promise<Result<never> | null> {
  const { provider: kind, connectionId, id, revision } = endpoint
  const provider = await providerSource(db)
    .of({ provider: kind, connectionId })
    .catch(() => null)
  if (!provider?.capabilities.scaleToZero)
    return fail('invalid_state', `${PROVIDER_LABELS[kind]} cannot scale to zero; pause the endpoint instead.`)
  const newest = await readRevision(db, id, revision)
  if (newest && newest.spec.hardware.scaling.minReplicas > 0)
    return fail(
      'invalid_state',
      'Its minimum is above zero replicas. Set the minimum to 0 in Settings first.',
    )
  return null
}
