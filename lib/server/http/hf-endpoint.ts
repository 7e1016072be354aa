import { toHfEndpoint } from '@/lib/domain/endpoint/hf-compat-output'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import { ok, type Result } from '@/lib/domain/result'
import { instanceTypesOf } from '@/lib/server/services/catalog/read-catalog'
import type { Context } from '@/lib/server/services/context'
import { getEndpointWithWord } from '@/lib/server/services/endpoints/get-endpoint'

/** HF's `{namespace}/{name}` in our words. */
export const refOf = (params: Record<string, string>): EndpointRefInput => ({
  team: params.namespace ?? '',
  endpoint: params.name ?? '',
})

/** One endpoint as HF's object, read as it is now. */
export async function readHfEndpoint(ctx: Context, ref: EndpointRefInput): Promise<Result<unknown>> {
  const found = await getEndpointWithWord(ctx, ref)
  if (!found.ok) return found
  const { endpoint, sentType } = found.data
  const typeOf = await instanceTypesOf(ctx.db, [endpoint.spec])
  return ok(toHfEndpoint(endpoint, sentType, typeOf(endpoint.spec.hardware)))
}

/** Runs a verb on the endpoint of the path and answers with what it is then. */
export async function afterVerb(
  ctx: Context,
  params: Record<string, string>,
  verb: (ctx: Context, ref: EndpointRefInput) => Promise<Result<unknown>>,
): Promise<Result<unknown>> {
  const ref = refOf(params)
  const done = await verb(ctx, ref)
  return done.ok ? readHfEndpoint(ctx, ref) : done
}
