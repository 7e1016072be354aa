import { afterVerb } from '@/lib/server/http/hf-endpoint'
import { hfRoute } from '@/lib/server/http/hf-route'
import { resumeEndpoint } from '@/lib/server/services/endpoints/resume-endpoint'

export const POST = hfRoute(({ params, ctx }) => afterVerb(ctx, params, resumeEndpoint))
