import { toHfVendors } from '@/lib/domain/endpoint/hf-compat-hardware'
import { ok } from '@/lib/domain/result'
import { hfRoute } from '@/lib/server/http/hf-route'
import { getCatalog } from '@/lib/server/services/catalog/get-catalog'

export const GET = hfRoute(async ({ params, ctx }) => {
  const catalog = await getCatalog(ctx, { team: params.namespace ?? '' })
  return catalog.ok ? ok(toHfVendors(catalog.data)) : catalog
})
