import { endpointEvents } from '@/lib/queries/endpoints'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(endpointEvents)
