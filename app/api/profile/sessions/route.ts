import { sessionsList } from '@/lib/queries/profile'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(sessionsList)
