import { desc, eq } from 'drizzle-orm'
import type { LogReplicaView } from '@/lib/domain/logs/view'
import type { Queryable } from '@/lib/server/db/client'
import { replicas } from '@/lib/server/db/schema/replicas'

/** More than anybody tells apart by colour; older ones keep their id as a name. */
const LIMIT = 200

/** Replicas that wrote to an endpoint's log, newest first, with what the log page says of them. */
export async function logReplicas(
  db: Pick<Queryable, 'select'>,
  endpointId: string,
): Promise<(LogReplicaView & { logsEnded: boolean })[]> {
  const rows = await db
    .select()
    .from(replicas)
    .where(eq(replicas.endpointId, endpointId))
    .orderBy(desc(replicas.createdAt))
    .limit(LIMIT)
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    revision: row.revision,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
    logsEnded: row.logsEndedAt !== null,
  }))
}
