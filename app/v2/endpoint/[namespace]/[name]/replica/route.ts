import { toHfReplicas } from '@/lib/domain/endpoint/hf-compat-replicas'
import { ok } from '@/lib/domain/result'
import { refOf } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { getEndpoint } from '@/lib/server/services/endpoints/get-endpoint'

export const GET = hfRoute(async ({ params, ctx }) => {
  const endpoint = await getEndpoint(ctx, refOf(params))
  return endpoint.ok ? ok(toHfReplicas(endpoint.data.replicas)) : endpoint
})
