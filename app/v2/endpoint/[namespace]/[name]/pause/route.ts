import { afterVerb } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { pauseEndpoint } from '@/lib/server/services/endpoints/pause-endpoint'

export const POST = hfRoute(({ params, ctx }) => afterVerb(ctx, params, pauseEndpoint))
