import { OPEN_METRICS_TYPE } from '@/lib/domain/analytics/open-metrics'
import { refOf } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { getOpenMetrics } from '@/lib/server/services/analytics/get-open-metrics'

export const GET = hfRoute(async ({ params, ctx }) => {
  const text = await getOpenMetrics(ctx, refOf(params))
  return text.ok ? new Response(text.data, { headers: { 'Content-Type': OPEN_METRICS_TYPE } }) : text
})
