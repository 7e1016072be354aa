import type { z } from 'zod'
import type { createTokenInput } from '@/lib/domain/access/inputs'
import { canCreateToken } from '@/lib/domain/access/rights'
import type { CreatedToken } from '@/lib/domain/access/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { findEndpoint } from '../endpoints/find-endpoint'
import { refuseDirectOnly } from '../endpoints/refuse-direct-only'
import { issueToken } from './issue-token'
import { requirePerson } from './require-person'
import { requireTeam } from './require-team'
import { toTokenView } from './token-view'

const DAY_MS = 86_400_000

/** Makes an API token of the asking person; its text is in the answer and nowhere else. */
export async function createToken(
  ctx: Context,
  input: z.output<typeof createTokenInput>,
): Promise<Result<CreatedToken>> {
  const person = requirePerson(ctx.actor)
  if (!person.ok) return person
  const mayMake = (actor: typeof ctx.actor, of: { id: string }) => canCreateToken(actor, of, input.scope)
  const team = await requireTeam(ctx, input.team, mayMake, `make tokens that ${input.scope}`)
  if (!team.ok) return team

  const endpoint = input.endpoint === null ? null : await findEndpoint(ctx.db, team.data.id, input.endpoint)
  if (input.endpoint !== null && (!endpoint || endpoint.removedAt)) {
    const message = `There is no endpoint “${input.endpoint}” in this team.`
    return fail('not_found', message, { fields: { endpoint: message } })
  }
  // One that reads or changes it is of use all the same.
  const refused = endpoint && input.scope === 'infer' ? await refuseDirectOnly(ctx.db, endpoint) : null
  if (refused) return refused
  const expiresAt = input.expiresInDays === null ? null : new Date(Date.now() + input.expiresInDays * DAY_MS)
  const { row, text } = await ctx.db.transaction(tx =>
    issueToken(tx, person.data, {
      teamId: team.data.id,
      userId: person.data.userId,
      name: input.name,
      scope: input.scope,
      endpointId: endpoint?.id ?? null,
      expiresAt,
    }),
  )
  return ok({ token: toTokenView(row, endpoint?.name ?? null, person.data.name), text })
}
