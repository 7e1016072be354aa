import { toHfVendors } from '@/lib/domain/endpoint/hf-compat-hardware'
import { ok } from '@/lib/domain/result'
import { hfRoute } from '@/lib/server/http/hf-route'
import { readOwnCatalog } from '@/lib/server/services/catalog/read-catalog'

/** HF shows this to everybody; here it would tell strangers what this machine is, so it asks for a token. */
export const GET = hfRoute(async () => ok(toHfVendors(await readOwnCatalog())))
