import { canCallEndpoint } from '@/lib/domain/access/rights'
import type { PlaygroundToken } from '@/lib/domain/access/view'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import { fail, ok, type Result } from '@/lib/domain/result'
import { issueToken } from '../access/issue-token'
import { requirePerson } from '../access/require-person'
import type { Context } from '../context'
import { endpointUrl } from './endpoint-url'
import { refuseDirectOnly } from './refuse-direct-only'
import { requireEndpoint } from './require-endpoint'

const LIFE_MS = 60_000

/** A token that calls this one endpoint for a minute: the playground's requests are counted and named as such. */
export async function createPlaygroundToken(
  ctx: Context,
  input: EndpointRefInput,
): Promise<Result<PlaygroundToken>> {
  const person = requirePerson(ctx.actor)
  if (!person.ok) return person
  const found = await requireEndpoint(ctx, input, canCallEndpoint, 'call this endpoint')
  if (!found.ok) return found
  const { team, endpoint } = found.data
  const reason = whyNot('call', endpoint)
  if (reason !== null) return fail('invalid_state', reason)
  const refused = await refuseDirectOnly(ctx.db, endpoint)
  if (refused) return refused
  const expiresAt = new Date(Date.now() + LIFE_MS)
  const { text } = await ctx.db.transaction(tx =>
    issueToken(tx, person.data, {
      teamId: team.id,
      userId: person.data.userId,
      name: `Playground of ${person.data.name}`,
      scope: 'infer',
      purpose: 'playground',
      endpointId: endpoint.id,
      expiresAt,
    }),
  )
  return ok({ text, expiresAt: expiresAt.toISOString(), url: endpointUrl(team.slug, endpoint.name) })
}
