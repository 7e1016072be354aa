import { accountEndpoints } from '@/lib/queries/connections'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(accountEndpoints)
