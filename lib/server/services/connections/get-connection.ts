import type { ConnectionView } from '@/lib/domain/connections/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { readConnectionViews } from './read-views'

/** What a verb answers with: the connection as it is then. Checks no right. */
export async function getConnection(
  { db }: Context,
  teamId: string,
  connectionId: string,
): Promise<Result<ConnectionView>> {
  const [view] = await readConnectionViews(db, teamId, connectionId)
  return view ? ok(view) : fail('not_found', 'There is no such connection in this team.')
}
