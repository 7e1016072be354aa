import type { Actor } from '@/lib/domain/access/actor'
import { type EndpointRef, isOfTeam } from '@/lib/domain/access/rights'
import { type EndpointAction, whyNot } from '@/lib/domain/endpoint/eligibility'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { refusal, requireTeam, type Team } from '../access/require-team'
import type { Context } from '../context'
import { type EndpointRow, findEndpoint } from './find-endpoint'

export type Found = { team: Team; endpoint: EndpointRow }

/**
 * The endpoint a verb is about, when the actor holds the right on this very one. Of a team that is not the
 * actor's nothing is said, not even that it exists.
 */
export async function requireEndpoint(
  ctx: Context,
  ref: EndpointRefInput,
  can: (actor: Actor, endpoint: EndpointRef) => boolean,
  doing: string,
): Promise<Result<Found>> {
  const team = await requireTeam(ctx, ref.team, isOfTeam, doing)
  if (!team.ok) return team
  const { id } = team.data
  const find = () => findEndpoint(ctx.db, id, ref.endpoint)
  const endpoint = await (ctx.once ? ctx.once(`endpoint ${id} ${ref.endpoint}`, find) : find())
  if (!endpoint) return noSuchEndpoint(ref.endpoint)
  return can(ctx.actor, endpoint)
    ? ok({ team: team.data, endpoint })
    : fail('forbidden', refusal(ctx.actor, doing))
}

/**
 * The endpoint's row, held until the transaction ends, once more checked to allow the action in its present
 * state: between looking and changing somebody else may have changed it.
 */
export async function lockEndpoint(
  tx: Pick<Queryable, 'select'>,
  { team, endpoint }: Found,
  action: EndpointAction,
): Promise<Result<EndpointRow>> {
  const row = await findEndpoint(tx, team.id, endpoint.id, true)
  if (!row) return noSuchEndpoint(endpoint.name)
  const reason = whyNot(action, row)
  return reason === null ? ok(row) : fail('invalid_state', reason)
}

const noSuchEndpoint = (name: string): Result<never> =>
  fail('not_found', `There is no endpoint “${name}” in this team.`)
