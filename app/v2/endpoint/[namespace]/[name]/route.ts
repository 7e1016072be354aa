import { afterVerb, readHfEndpoint, refOf } from '@/lib/server/http/hf-endpoint'
import { hfRoute, readBody } from '@/lib/server/http/hf-route'
import { removeEndpoint } from '@/lib/server/services/endpoints/remove-endpoint'
import { updateFromHf } from '@/lib/server/services/endpoints/update-from-hf'

export const GET = hfRoute(({ params, ctx }) => readHfEndpoint(ctx, refOf(params)))

export const PUT = hfRoute(async ({ request, params, ctx }) => {
  const json = await readBody(request)
  return json.ok ? afterVerb(ctx, params, (as, ref) => updateFromHf(as, ref, json.data)) : json
})

export const DELETE = hfRoute(async ({ params, ctx }) => {
  const removed = await removeEndpoint(ctx, refOf(params))
  return removed.ok ? new Response(null, { status: 204 }) : removed
})
