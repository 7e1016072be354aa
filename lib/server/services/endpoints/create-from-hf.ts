import { canCreateEndpoint } from '@/lib/domain/access/rights'
import { hfEndpointBody, parseHf } from '@/lib/domain/endpoint/hf-compat-body'
import { fromHfBody } from '@/lib/domain/endpoint/hf-compat-input'
import { createEndpointInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import type { Result } from '@/lib/domain/result'
import { requireTeam } from '../access/require-team'
import { readCatalog } from '../catalog/read-catalog'
import type { Context } from '../context'
import { createEndpoint } from './create-endpoint'
import { hfLookups } from './hf-lookups'

/** HF's create call. The right is asked before anything is looked up on the caller's behalf. */
export async function createFromHf(
  ctx: Context,
  team: string,
  json: unknown,
): Promise<Result<EndpointDetail>> {
  const allowed = await requireTeam(ctx, team, canCreateEndpoint, 'create endpoints')
  if (!allowed.ok) return allowed
  const body = parseHf(hfEndpointBody, json)
  if (!body.ok) return body
  const wish = await fromHfBody(body.data, hfLookups(await readCatalog(ctx.db, allowed.data.id)))
  if (!wish.ok) return wish
  const input = parseHf(createEndpointInput, { team, ...wish.data })
  return input.ok ? createEndpoint(ctx, input.data) : input
}
