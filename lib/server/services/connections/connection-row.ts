import { and, eq } from 'drizzle-orm'
import { type ConnectionSecrets, connectionSecrets } from '@/lib/domain/connections/connection'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { connections } from '@/lib/server/db/schema/connections'
import { open, seal } from '@/lib/server/secrets/seal'

export type ConnectionRow = typeof connections.$inferSelect

const contextOf = (connectionId: string): string => `connection:${connectionId}`

export const sealConnectionSecrets = (connectionId: string, secrets: ConnectionSecrets): string =>
  seal(JSON.stringify(secrets), contextOf(connectionId))

/** Refused when they were sealed with another key: somebody has to enter them again. */
export function openConnectionSecrets(
  row: Pick<ConnectionRow, 'id' | 'name' | 'sealedSecrets'>,
): Result<ConnectionSecrets> {
  try {
    return ok(connectionSecrets.parse(JSON.parse(open(row.sealedSecrets, contextOf(row.id)))))
  } catch {
    return fail(
      'provider_refused',
      `The secrets of connection ${row.name} cannot be opened with this installation's key. Enter them again under Connections.`,
    )
  }
}

/** A connection of a team; checks no right. `lock` holds the row until the transaction ends. */
export async function findConnection(
  db: Pick<Queryable, 'select'>,
  teamId: string,
  connectionId: string,
  lock: 'update' | 'key share' | null = null,
): Promise<Result<ConnectionRow>> {
  const query = db
    .select()
    .from(connections)
    .where(and(eq(connections.id, connectionId), eq(connections.teamId, teamId)))
  const [row] = await (lock ? query.for(lock) : query)
  return row ? ok(row) : fail('not_found', 'There is no such connection in this team.')
}
