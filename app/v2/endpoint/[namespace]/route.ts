import { pageOf } from '@/lib/domain/endpoint/hf-compat-page'
import { listEndpointsInput } from '@/lib/domain/endpoint/inputs'
import { readHfEndpoint } from '@/lib/server/http/hf-endpoint'
import { readHfEndpoints } from '@/lib/server/http/hf-endpoints'
import { hfRoute, readBody } from '@/lib/server/http/hf-route'
import { parseInput } from '@/lib/server/http/parse'
import { createFromHf } from '@/lib/server/services/endpoints/create-from-hf'

export const GET = hfRoute(async ({ request, params, ctx }) => {
  const { search, tags, limit, cursor } = Object.fromEntries(new URL(request.url).searchParams)
  const input = parseInput(listEndpointsInput, { team: params.namespace, search, tags, sort: 'created' })
  if (!input.ok) return input
  const found = await readHfEndpoints(ctx, input.data)
  return found.ok ? pageOf(found.data, { limit, cursor }) : found
})

export const POST = hfRoute(async ({ request, params, ctx }) => {
  const json = await readBody(request)
  if (!json.ok) return json
  const made = await createFromHf(ctx, params.namespace ?? '', json.data)
  return made.ok ? readHfEndpoint(ctx, { team: made.data.team, endpoint: made.data.id }) : made
})
