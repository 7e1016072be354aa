import { and, eq } from 'drizzle-orm'
import type { Reconciliation } from '@/lib/domain/endpoint/rollout'
import type { Replica } from '@/lib/domain/endpoint/rollout-types'
import type { Database } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicas } from '@/lib/server/db/schema/replicas'
import { recordEvent } from '@/lib/server/services/endpoints/record-event'
import { eventOf } from './happening-event'
import { type IntervalChanges, intervalChanges, type Pricing, writeIntervals } from './intervals'
import { type Lease, type Locked, type Tx, underLease } from './lease'
import type { Loaded } from './load'
import { identityOf, isRoutedAlike, toRow } from './replica-row'

export const CONTROLLER_ACTOR = { kind: 'system', name: 'Slipway' } as const

/** The team wants something else than when the pass began: what was planned is out of date. */
export class IntentChanged extends Error {
  override readonly name = 'IntentChanged'
}

export type Writing = {
  loaded: Loaded
  result: Reconciliation
  pricingOf: (revision: number) => Pricing
  /** Why a revision was given up, with the last lines of its output; null where none was. */
  failure: string | null
}

/**
 * Writes what a pass decided, in one transaction under the lease; nothing at all where nothing changed.
 * @throws LeaseLost or IntentChanged, with nothing written.
 */
export async function writePass(
  db: Database,
  lease: Lease,
  ttlMs: number,
  { loaded, result, pricingOf, failure }: Writing,
): Promise<boolean> {
  const changed = changedReplicas(loaded.replicas, result.replicas)
  const intervals = intervalChanges(result.replicas, loaded.openIntervals, pricingOf, loaded.facts.nowMs)
  const status = statusChange(loaded, result, failure)
  if (isNothing(changed, intervals, status) && result.happenings.length === 0) return false
  const before = new Map(loaded.replicas.map(replica => [replica.id, replica]))
  const routesChange = changed.some(replica => !isRoutedAlike(before.get(replica.id), replica))

  await underLease(db, lease, ttlMs, async (tx, locked) => {
    if (!isSameIntent(loaded, locked)) throw new IntentChanged()
    for (const replica of changed) await writeReplica(tx, lease.endpointId, replica, before.has(replica.id))
    await writeIntervals(tx, lease.endpointId, intervals)
    if (status) await writeStatus(tx, lease, status)
    for (const happening of result.happenings) {
      const event = eventOf(happening, failure)
      if (event) await recordEvent(tx, { ...event, endpointId: lease.endpointId, actor: CONTROLLER_ACTOR })
    }
    if (routesChange || (status && status.state !== loaded.endpoint.state)) await notify(tx, 'endpoints')
  })
  return result.happenings.length > 0
}

const isNothing = (changed: readonly Replica[], { close, open }: IntervalChanges, status: Status | null) =>
  changed.length === 0 && close.length === 0 && open.length === 0 && status === null

const isSameIntent = ({ endpoint }: Loaded, locked: Locked) =>
  endpoint.desired === locked.desired &&
  endpoint.revision === locked.revision &&
  endpoint.failedRevision === locked.failedRevision

function changedReplicas(before: readonly Replica[], after: readonly Replica[]): Replica[] {
  const known = new Map(before.map(replica => [replica.id, JSON.stringify(replica)]))
  return after.filter(replica => known.get(replica.id) !== JSON.stringify(replica))
}

async function writeReplica(tx: Tx, endpointId: string, replica: Replica, exists: boolean): Promise<void> {
  if (!exists) {
    await tx.insert(replicas).values({ endpointId, ...identityOf(replica), ...toRow(replica) })
    return
  }
  await tx.update(replicas).set(toRow(replica)).where(eq(replicas.id, replica.id))
}

type Status = Pick<
  Loaded['endpoint'],
  | 'state'
  | 'stateMessage'
  | 'errorMessage'
  | 'readyReplicas'
  | 'targetReplicas'
  | 'servingRevision'
  | 'failedRevision'
>

/** The endpoint's new status, null where it is what it was. */
function statusChange(
  { endpoint }: Loaded,
  { status }: Reconciliation,
  failure: string | null,
): Status | null {
  const isOver = endpoint.failedRevision !== null && status.failedRevision === null
  const next: Status = {
    state: status.state,
    stateMessage: status.message,
    errorMessage: isOver ? null : (failure ?? endpoint.errorMessage),
    readyReplicas: status.readyReplicas,
    targetReplicas: status.targetReplicas,
    servingRevision: status.servingRevision,
    failedRevision: status.failedRevision,
  }
  const keys = Object.keys(next) as (keyof Status)[]
  return keys.some(key => next[key] !== endpoint[key]) ? next : null
}

export async function writeStatus(tx: Tx, lease: Lease, status: Partial<Status>): Promise<void> {
  await tx
    .update(endpoints)
    .set(status)
    .where(and(eq(endpoints.id, lease.endpointId), eq(endpoints.leaseEpoch, lease.epoch)))
}
