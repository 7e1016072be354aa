import { endpointsList } from '@/lib/queries/endpoints'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(endpointsList)
