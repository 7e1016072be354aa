import { networkReach } from '@/lib/queries/network'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(networkReach)
