import { metricsParams } from '@/lib/domain/analytics/hf-graphs'
import { parseHf } from '@/lib/domain/endpoint/hf-compat-body'
import { refOf } from '@/lib/server/http/hf-endpoint'
import { hfRoute, readBody } from '@/lib/server/http/hf-route'
import { getHfGraphs } from '@/lib/server/services/analytics/get-hf-graphs'

/** A read, though HF made it a POST. */
export const POST = hfRoute(async ({ request, params, ctx }) => {
  const json = await readBody(request)
  if (!json.ok) return json
  const window = parseHf(metricsParams, json.data)
  return window.ok ? getHfGraphs(ctx, refOf(params), window.data) : window
})
