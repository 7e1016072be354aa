import { canResumeEndpoint } from '@/lib/domain/access/rights'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import type { Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { changeDesired } from './change-desired'
import { getEndpoint } from './get-endpoint'
import { requireEndpoint } from './require-endpoint'

/** Asks for a paused endpoint's replicas again, with its newest revision. */
export async function resumeEndpoint(ctx: Context, input: EndpointRefInput): Promise<Result<EndpointDetail>> {
  const found = await requireEndpoint(ctx, input, canResumeEndpoint, 'resume this endpoint')
  if (!found.ok) return found
  const resumed = await changeDesired(ctx, found.data, {
    action: 'resume',
    desired: 'present',
    kind: 'resumeRequested',
    message: 'Resume requested: replicas start with the newest revision.',
  })
  return resumed.ok ? getEndpoint(ctx, { team: input.team, endpoint: resumed.data.id }) : resumed
}
