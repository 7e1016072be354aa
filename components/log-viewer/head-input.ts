import type { RequestLinesInput } from '@/lib/domain/logs/request-lines'
import type { LogPageParams } from '@/lib/queries/logs'

/** The read a log page begins with, the same on the server and in the browser: what is kept, and by whom. */
export const headInput = (team: string, endpoint: string): LogPageParams => ({ team, endpoint, limit: 1 })

/** Which lines are one request's: the viewer reads them itself, and only needs to know which they are. */
export const requestInput = (team: string, endpoint: string, id: string): RequestLinesInput => ({
  team,
  endpoint,
  id,
  limit: 1,
})
