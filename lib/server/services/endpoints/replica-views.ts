import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { ReplicaView } from '@/lib/domain/endpoint/view'
import type { Queryable } from '@/lib/server/db/client'
import { replicas } from '@/lib/server/db/schema/replicas'

const STOPPED_SHOWN = 10

/** Living replicas first, then the last few that stopped. */
export async function readReplicaViews(
  db: Pick<Queryable, 'select'>,
  endpointId: string,
): Promise<ReplicaView[]> {
  const ofEndpoint = eq(replicas.endpointId, endpointId)
  const [living, stopped] = await Promise.all([
    db
      .select()
      .from(replicas)
      .where(and(ofEndpoint, isNull(replicas.stoppedAt)))
      .orderBy(desc(replicas.createdAt), replicas.name),
    db
      .select()
      .from(replicas)
      .where(and(ofEndpoint, isNotNull(replicas.stoppedAt)))
      .orderBy(desc(replicas.stoppedAt))
      .limit(STOPPED_SHOWN),
  ])
  return [...living, ...stopped].map(row => ({
    id: row.id,
    name: row.name,
    revision: row.revision,
    state: row.state,
    message: row.message,
    restarts: row.restarts,
    createdAt: row.createdAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
    exit: row.exit,
  }))
}
