import type { z } from 'zod'
import { canCreateEndpoint } from '@/lib/domain/access/rights'
import { HOST_PORT_HELP, hostPortOf } from '@/lib/domain/network/host-port'
import type { ReachView, reachInput } from '@/lib/domain/network/reach'
import { reachMessage } from '@/lib/domain/network/reach-message'
import { fail, ok, type Result } from '@/lib/domain/result'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { askGateways } from './ask-gateways'

/** Whether the gateways reach a private address, for those who may make an endpoint of it. */
export async function checkReach(
  ctx: Context,
  { team, address }: z.output<typeof reachInput>,
): Promise<Result<ReachView>> {
  const allowed = await requireTeam(ctx, team, canCreateEndpoint, 'check addresses for endpoints')
  if (!allowed.ok) return allowed
  if (hostPortOf(address) === null)
    return fail('invalid', HOST_PORT_HELP, { fields: { address: HOST_PORT_HELP } })
  const reach = await askGateways(ctx.db, address)
  return ok({ reach, message: reachMessage(reach, address) })
}
