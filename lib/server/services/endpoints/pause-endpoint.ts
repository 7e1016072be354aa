import { canPauseEndpoint } from '@/lib/domain/access/rights'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import type { Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { changeDesired } from './change-desired'
import { getEndpoint } from './get-endpoint'
import { requireEndpoint } from './require-endpoint'

/** Asks for no replicas, no cost and no answers until somebody resumes it. */
export async function pauseEndpoint(ctx: Context, input: EndpointRefInput): Promise<Result<EndpointDetail>> {
  const found = await requireEndpoint(ctx, input, canPauseEndpoint, 'pause this endpoint')
  if (!found.ok) return found
  const paused = await changeDesired(ctx, found.data, {
    action: 'pause',
    desired: 'paused',
    kind: 'pauseRequested',
    message: 'Pause requested: replicas finish what they have and stop.',
  })
  return paused.ok ? getEndpoint(ctx, { team: input.team, endpoint: paused.data.id }) : paused
}
