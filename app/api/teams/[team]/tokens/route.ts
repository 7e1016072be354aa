import { tokensList } from '@/lib/queries/tokens'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(tokensList)
