import { canUpdateEndpoint } from '@/lib/domain/access/rights'
import { hfEndpointBody, hfUpdateBody, parseHf } from '@/lib/domain/endpoint/hf-compat-body'
import { fromHfBody } from '@/lib/domain/endpoint/hf-compat-input'
import { toHfBody } from '@/lib/domain/endpoint/hf-compat-output'
import { mergeHfUpdate } from '@/lib/domain/endpoint/hf-compat-update'
import { type EndpointRefInput, updateEndpointInput } from '@/lib/domain/endpoint/inputs'
import { ok, type Result } from '@/lib/domain/result'
import { readCatalog } from '../catalog/read-catalog'
import type { Context } from '../context'
import { getEndpointWithWord } from './get-endpoint'
import { hfLookups } from './hf-lookups'
import { requireEndpoint } from './require-endpoint'
import { NOTHING_NEW, updateEndpoint } from './update-endpoint'

/**
 * HF's partial update: merged into what is now, then checked and written like any other. Names the revision it was
 * merged into, so that a change in between refuses it. Repeating an update is no failure for a script.
 */
export async function updateFromHf(
  ctx: Context,
  ref: EndpointRefInput,
  json: unknown,
): Promise<Result<null>> {
  const allowed = await requireEndpoint(ctx, ref, canUpdateEndpoint, 'change this endpoint')
  if (!allowed.ok) return allowed
  const current = await getEndpointWithWord(ctx, ref)
  if (!current.ok) return current
  const update = parseHf(hfUpdateBody, json)
  if (!update.ok) return update
  const { endpoint, sentType } = current.data
  // An endpoint stays where it is: hardware is looked up there alone.
  const { connection, instanceType } = endpoint.spec.hardware
  const { providers } = await readCatalog(ctx.db, allowed.data.team.id)
  const lookups = hfLookups({
    providers: providers.filter(entry => (entry.connection?.id ?? null) === connection),
  })
  const type = lookups.instanceTypes.get(instanceType)
  const now = toHfBody(endpoint.name, endpoint.spec, sentType, type)
  const body = parseHf(hfEndpointBody, mergeHfUpdate(now, update.data))
  if (!body.ok) return body
  const wish = await fromHfBody(body.data, lookups)
  if (!wish.ok) return wish
  const input = parseHf(updateEndpointInput, {
    ...ref,
    baseRevision: update.data.baseRevision ?? endpoint.revision,
    spec: wish.data.spec,
    secrets: wish.data.secrets,
    sentType: 'type' in update.data ? wish.data.sentType : null,
  })
  if (!input.ok) return input
  const updated = await updateEndpoint(ctx, input.data)
  return updated.ok || updated.error.message === NOTHING_NEW ? ok(null) : updated
}
