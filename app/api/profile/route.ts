import { profileGet } from '@/lib/queries/profile'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(profileGet)
