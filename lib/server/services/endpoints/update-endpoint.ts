import type { z } from 'zod'
import { canUpdateEndpoint } from '@/lib/domain/access/rights'
import { diffSpecs, summarizeChanges } from '@/lib/domain/endpoint/diff'
import { whyNot } from '@/lib/domain/endpoint/eligibility'
import type { updateEndpointInput } from '@/lib/domain/endpoint/inputs'
import { rebuildProblem } from '@/lib/domain/endpoint/rebuild-problem'
import type { EndpointSpec, SecretsInput } from '@/lib/domain/endpoint/spec'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { linkText } from '@/lib/domain/network/network-fields'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { checkSpec } from './check-spec'
import { getEndpoint } from './get-endpoint'
import { type Found, lockEndpoint, requireEndpoint } from './require-endpoint'
import { readRevision } from './revision-rows'
import { openSecret, sealSecrets } from './secrets'
import { staleRevision } from './stale-revision'
import { type NextRevision, writeRevision } from './write-revision'

/** Scripts that repeat an update ask for this very refusal and take it as done. */
export const NOTHING_NEW = 'Nothing is different from what this endpoint already is.'

type Input = z.output<typeof updateEndpointInput>

/**
 * Writes a new revision made from `baseRevision`; the controller rolls to it. An update based on an older one is
 * refused with what the other person changed, and one that changes nothing is refused too: it would only restart
 * replicas.
 */
export async function updateEndpoint(ctx: Context, input: Input): Promise<Result<EndpointDetail>> {
  const found = await requireEndpoint(ctx, input, canUpdateEndpoint, 'change this endpoint')
  if (!found.ok) return found
  const { endpoint } = found.data
  const reason = whyNot('update', endpoint)
  if (reason !== null) return fail('invalid_state', reason)
  if (endpoint.revision !== input.baseRevision) return staleRevision(ctx.db, endpoint, input.baseRevision)
  const next = await prepare(ctx, found.data, input)
  if (!next.ok) return next

  const written = await ctx.db.transaction(async tx => {
    const row = await lockEndpoint(tx, found.data, 'update')
    if (!row.ok) return row
    if (row.data.revision !== input.baseRevision) return staleRevision(tx, row.data, input.baseRevision)
    return ok(await writeRevision(tx, ctx.actor, found.data, next.data))
  })
  return written.ok ? getEndpoint(ctx, { team: input.team, endpoint: endpoint.id }) : written
}

/** The next revision, checked by us and by the provider, and what it changes. */
async function prepare(ctx: Context, { team, endpoint }: Found, input: Input): Promise<Result<NextRevision>> {
  const { id: endpointId } = endpoint
  const base = await readRevision(ctx.db, endpointId, input.baseRevision)
  if (!base) return fail('not_found', `There is no revision ${input.baseRevision}.`)
  if (input.spec.hardware.provider !== base.spec.hardware.provider) {
    const message = 'An endpoint stays with its provider. Create a new one for another provider.'
    return fail('invalid', message, { fields: { 'hardware.provider': message } })
  }
  if (input.spec.hardware.connection !== base.spec.hardware.connection) {
    const message = 'An endpoint stays in its account. Create a new one with the other connection.'
    return fail('invalid', message, { fields: { 'hardware.connection': message } })
  }
  if (isOtherService(base.spec.network, input.spec.network)) {
    const message = 'Hugging Face sets up PrivateLink when an endpoint is made. Create a new one for that.'
    return fail('invalid', message, { fields: { 'network.private.link': message } })
  }
  const rebuilt = endpoint.desired === 'paused' ? null : rebuildProblem(base.spec, input.spec)
  if (rebuilt) return fail('invalid', rebuilt.message, { fields: { [rebuilt.field]: rebuilt.message } })
  const sealed = sealSecrets(endpointId, input.secrets, base.sealedSecrets)
  if (!sealed.ok) return sealed
  const hubToken = sealed.data.HF_TOKEN ? openSecret(sealed.data.HF_TOKEN, endpointId) : null
  const spec = await checkSpec(
    { db: ctx.db, teamId: team.id },
    input.spec,
    Object.keys(input.secrets),
    hubToken,
    base.spec.network,
  )
  if (!spec.ok) return spec

  const changes = diffSpecs(base.spec, spec.data, newlySet(input.secrets, base.spec.secretNames))
  const isEcho = input.sentType === null || input.sentType === base.sentType
  if (changes.length === 0 && isEcho) return fail('invalid', NOTHING_NEW)
  return ok({
    spec: spec.data,
    sealed: sealed.data,
    summary: summarizeChanges(changes) || 'type word of the API',
    // A change made in the portal speaks of levels, not of HF's words; the old word would no longer be true.
    sentType: input.sentType ?? (changes.some(isOfSecurity) ? null : base.sentType),
  })
}

/** Another private link than it was made with, where that cannot change. */
function isOtherService(before: EndpointSpec['network'], after: EndpointSpec['network']): boolean {
  const links = [before?.private?.link, after?.private?.link]
  if (!links.some(link => link?.kind === 'huggingface')) return false
  const [was, now] = links.map(link => link && linkText(link))
  return was !== now
}

const isOfSecurity = ({ path }: { path: string }): boolean => path.startsWith('security.')

const newlySet = (secrets: SecretsInput, known: readonly string[]): string[] =>
  Object.entries(secrets).flatMap(([name, value]) => (value !== null && known.includes(name) ? [name] : []))
