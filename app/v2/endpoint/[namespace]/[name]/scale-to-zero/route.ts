import { afterVerb } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { scaleEndpointToZero } from '@/lib/server/services/endpoints/scale-endpoint-to-zero'

export const POST = hfRoute(({ params, ctx }) => afterVerb(ctx, params, scaleEndpointToZero))
