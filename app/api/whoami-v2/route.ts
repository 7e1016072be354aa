import { toHfWhoami } from '@/lib/domain/access/hf-compat-whoami'
import { ok } from '@/lib/domain/result'
import { hfRoute } from '@/lib/server/http/hf-route'

export const GET = hfRoute(async ({ ctx }) => ok(toHfWhoami(ctx.actor)))
