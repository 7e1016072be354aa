import { eq, isNull } from 'drizzle-orm'
import type { ProviderKind } from '@/lib/domain/hardware/provider'
import type { Queryable } from '@/lib/server/db/client'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicas } from '@/lib/server/db/schema/replicas'

export type CollectedReplica = {
  id: string
  name: string
  revision: number
  endpointId: string
  endpointName: string
  providerName: string | null
  isReadOnly: boolean
  provider: ProviderKind
  connectionId: string | null
  leaseHolder: string | null
}

/** Every replica whose output has not been read to its end. */
export const findReplicas = (db: Pick<Queryable, 'select'>): Promise<CollectedReplica[]> =>
  db
    .select({
      id: replicas.id,
      name: replicas.name,
      revision: replicas.revision,
      endpointId: replicas.endpointId,
      endpointName: endpoints.name,
      providerName: endpoints.providerName,
      isReadOnly: endpoints.isReadOnly,
      provider: endpoints.provider,
      connectionId: endpoints.connectionId,
      leaseHolder: endpoints.leaseHolder,
    })
    .from(replicas)
    .innerJoin(endpoints, eq(endpoints.id, replicas.endpointId))
    .where(isNull(replicas.logsEndedAt))

/** Whether this replica will write no more: it is let go or gone, and no further attempt will be made. */
export async function isOver(db: Pick<Queryable, 'select'>, replicaId: string): Promise<boolean> {
  const [row] = await db
    .select({ state: replicas.state, stoppedAt: replicas.stoppedAt })
    .from(replicas)
    .where(eq(replicas.id, replicaId))
  return !row || row.state === 'stopped' || row.stoppedAt !== null
}

export async function markLogsEnded(db: Pick<Queryable, 'update'>, replicaId: string): Promise<void> {
  await db.update(replicas).set({ logsEndedAt: new Date() }).where(eq(replicas.id, replicaId))
}
