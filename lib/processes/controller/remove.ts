import { and, eq, isNull, lt } from 'drizzle-orm'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicas } from '@/lib/server/db/schema/replicas'
import type { Provider } from '@/lib/server/providers/port'
import { recordEvent } from '@/lib/server/services/endpoints/record-event'
import { underLease } from './lease'
import type { Job, PassDependencies } from './pass'
import { CONTROLLER_ACTOR, IntentChanged } from './write'

/**
 * Removes what the provider still has of a deleted endpoint whose replicas are gone; true when nothing is left and
 * the row says so. Until then every pass tries again.
 */
export async function removeEndpoint(deps: PassDependencies, job: Job<Provider>): Promise<boolean> {
  const { lease, ref, provider, calls } = job
  await giveUpUncollectedLogs(deps, job)
  const isGone = await calls.call('remove', () => provider.remove(ref))
  if (!isGone) return false
  await underLease(deps.db, lease, deps.settings.leaseMs, async (tx, locked) => {
    if (locked.desired !== 'absent') throw new IntentChanged()
    await tx
      .update(endpoints)
      .set({
        removedAt: new Date(),
        state: 'paused',
        stateMessage: 'Deleted.',
        errorMessage: null,
        readyReplicas: 0,
        targetReplicas: 0,
        upstreamUrl: null,
        leaseHolder: null,
        leaseExpiresAt: null,
      })
      .where(and(eq(endpoints.id, lease.endpointId), eq(endpoints.leaseEpoch, lease.epoch)))
    await recordEvent(tx, {
      endpointId: lease.endpointId,
      kind: 'removed',
      message: ref.adopted?.isReadOnly ? RELEASED : DELETED,
      actor: CONTROLLER_ACTOR,
    })
    await notify(tx, 'endpoints')
  })
  return true
}

const DELETED =
  'Deleted: nothing of it runs any more. Its analytics, logs and events are kept for their time.'
const RELEASED =
  'Released: it stays in its account as it is. Its analytics, logs and events are kept for their time.'

/** Providers keep output until it is stored; where nobody has stored it for long, that must not keep a deletion. */
async function giveUpUncollectedLogs(
  { db, settings }: PassDependencies,
  { lease, provider, calls }: Job<Provider>,
) {
  if (!provider.releaseLogs) return
  const overdue = await db
    .select({ id: replicas.id })
    .from(replicas)
    .where(
      and(
        eq(replicas.endpointId, lease.endpointId),
        isNull(replicas.logsEndedAt),
        lt(replicas.stoppedAt, new Date(Date.now() - settings.logGraceMs)),
      ),
    )
  for (const { id } of overdue) {
    await calls.call('releaseLogs', async () =>
      provider.releaseLogs?.({ endpointId: lease.endpointId, replicaId: id }),
    )
  }
}
