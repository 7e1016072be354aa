import { catalogGet } from '@/lib/queries/catalog'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(catalogGet)
