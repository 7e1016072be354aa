import { hubFolders } from '@/lib/queries/hub'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(hubFolders)
