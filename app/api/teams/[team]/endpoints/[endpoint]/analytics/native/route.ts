import { analyticsNative } from '@/lib/queries/analytics'
import { readRoute } from '@/lib/server/http/read-route'

export const GET = readRoute(analyticsNative)
