import { logsDensity } from '@/lib/queries/logs'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(logsDensity)
