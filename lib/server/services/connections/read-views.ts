import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { connectionSettings } from '@/lib/domain/connections/connection'
import type { ConnectionView } from '@/lib/domain/connections/view'
import type { Queryable } from '@/lib/server/db/client'
import { connections } from '@/lib/server/db/schema/connections'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { users } from '@/lib/server/db/schema/users'

/** Connections of a team with what uses them, oldest first; one alone by its id. */
export async function readConnectionViews(
  db: Pick<Queryable, 'select'>,
  teamId: string,
  connectionId?: string,
): Promise<ConnectionView[]> {
  const ofTeam = eq(connections.teamId, teamId)
  const rows = await db
    .select({ row: connections, createdBy: users.name })
    .from(connections)
    .leftJoin(users, eq(users.id, connections.createdBy))
    .where(connectionId === undefined ? ofTeam : and(ofTeam, eq(connections.id, connectionId)))
    .orderBy(asc(connections.createdAt), asc(connections.id))
  const names = await endpointNames(
    db,
    rows.map(({ row }) => row.id),
  )
  return rows.map(({ row, createdBy }) => ({
    id: row.id,
    name: row.name,
    settings: connectionSettings.parse(row.settings),
    permissions: row.permissions,
    problem: row.problem,
    checkedAt: row.checkedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    createdBy,
    endpoints: names.get(row.id) ?? [],
  }))
}

/** What runs in these accounts, or is still being removed from them. */
export async function endpointNames(
  db: Pick<Queryable, 'select'>,
  connectionIds: readonly string[],
): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>()
  if (connectionIds.length === 0) return names
  const rows = await db
    .select({ connectionId: endpoints.connectionId, name: endpoints.name })
    .from(endpoints)
    .where(and(inArray(endpoints.connectionId, [...connectionIds]), isNull(endpoints.removedAt)))
    .orderBy(asc(endpoints.name))
  for (const { connectionId, name } of rows)
    if (connectionId !== null) names.set(connectionId, [...(names.get(connectionId) ?? []), name])
  return names
}
