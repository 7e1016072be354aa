import { and, eq, isNull } from 'drizzle-orm'
import type { Queryable } from '@/lib/server/db/client'
import { endpoints } from '@/lib/server/db/schema/endpoints'

export type EndpointRow = typeof endpoints.$inferSelect

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * An endpoint of a team by its name, or by its id (no name is that long), which also finds a deleted one. Checks
 * no right. `lock` holds the row until the transaction ends.
 */
export async function findEndpoint(
  db: Pick<Queryable, 'select'>,
  teamId: string,
  nameOrId: string,
  lock = false,
): Promise<EndpointRow | undefined> {
  const named = UUID.test(nameOrId)
    ? eq(endpoints.id, nameOrId)
    : and(eq(endpoints.name, nameOrId), isNull(endpoints.removedAt))
  const query = db
    .select()
    .from(endpoints)
    .where(and(eq(endpoints.teamId, teamId), named))
  const [row] = await (lock ? query.for('update') : query)
  return row
}

/** One of whatever team. For programs, which ask for nobody. */
export async function findEndpointById(
  db: Pick<Queryable, 'select'>,
  id: string,
): Promise<EndpointRow | undefined> {
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, id))
  return row
}
