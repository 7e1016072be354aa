import { and, eq } from 'drizzle-orm'
import type { Reconciliation } from '@/lib/domain/endpoint/rollout'
import type { Happening, Replica } from '@/lib/domain/endpoint/rollout-types'
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
  const status = statusChange(loaded, result, failure)
  const { replicas: after, happenings } = result
  return await writeChanges(db, lease, ttlMs, { loaded, after, happenings, status, pricingOf, failure })
}

export type Changes = Pick<Writing, 'loaded' | 'pricingOf' | 'failure'> & {
  /** All rows as they are to be. */
  after: readonly Replica[]
  happenings: readonly Happening[]
  /** What is new of the endpoint's own row; null where nothing is. */
  status: Partial<Status> | null
}

/**
 * Writes rows, intervals, status and events of one pass together, under the lease. True when something happened.
 * @throws LeaseLost or IntentChanged, with nothing written.
 */
export async function writeChanges(
  db: Database,
  lease: Lease,
  ttlMs: number,
  { loaded, after, happenings, status, pricingOf, failure }: Changes,
): Promise<boolean> {
  const changed = changedReplicas(loaded.replicas, after)
  const intervals = intervalChanges(after, loaded.openIntervals, pricingOf, loaded.facts.nowMs)
  if (isNothing(changed, intervals, status) && happenings.length === 0) return false
  const before = new Map(loaded.replicas.map(replica => [replica.id, replica]))
  const routesChange = changed.some(replica => !isRoutedAlike(before.get(replica.id), replica))

  await underLease(db, lease, ttlMs, async (tx, locked) => {
    if (!isSameIntent(loaded, locked)) throw new IntentChanged()
    for (const replica of changed) await writeReplica(tx, lease.endpointId, replica, before.has(replica.id))
    await writeIntervals(tx, lease.endpointId, intervals)
    if (status) await writeStatus(tx, lease, status)
    for (const happening of happenings) {
      const event = eventOf(happening, failure)
      if (event) await recordEvent(tx, { ...event, endpointId: lease.endpointId, actor: CONTROLLER_ACTOR })
    }
    if (routesChange || (status && changesRoutes(status, loaded))) await notify(tx, 'endpoints')
  })
  return happenings.length > 0
}

const changesRoutes = ({ state, upstreamUrl }: Partial<Status>, { endpoint }: Loaded): boolean =>
  (state !== undefined && state !== endpoint.state) ||
  (upstreamUrl !== undefined && upstreamUrl !== endpoint.upstreamUrl)

const isNothing = (
  changed: readonly Replica[],
  { close, open }: IntervalChanges,
  status: Partial<Status> | null,
) => changed.length === 0 && close.length === 0 && open.length === 0 && status === null

const isSameIntent = ({ endpoint }: Loaded, locked: Locked) =>
  endpoint.desired === locked.desired &&
  endpoint.revision === locked.revision &&
  endpoint.failedRevision === locked.failedRevision &&
  (endpoint.settled?.isRestoring ?? false) === locked.isRestoring &&
  endpoint.isReadOnly === locked.isReadOnly

function changedReplicas(before: readonly Replica[], after: readonly Replica[]): Replica[] {
  const known = new Map(before.map(replica => [replica.id, JSON.stringify(replica)]))
  return after.filter(replica => known.get(replica.id) !== JSON.stringify(replica))
}

async function writeReplica(tx: Tx, endpointId: string, replica: Replica, exists: boolean): Promise<void> {
  if (!exists) {
    // A provider's own replica may be reported again after it was thought gone.
    await tx
      .insert(replicas)
      .values({ endpointId, ...identityOf(replica), ...toRow(replica) })
      .onConflictDoUpdate({ target: replicas.id, set: toRow(replica) })
    return
  }
  await tx.update(replicas).set(toRow(replica)).where(eq(replicas.id, replica.id))
}

export type Status = Pick<
  Loaded['endpoint'],
  | 'desired'
  | 'upstreamUrl'
  | 'privateService'
  | 'state'
  | 'stateMessage'
  | 'errorMessage'
  | 'readyReplicas'
  | 'targetReplicas'
  | 'servingRevision'
  | 'failedRevision'
  | 'settled'
  | 'drift'
>

/** The endpoint's new status, null where it is what it was. */
function statusChange(
  { endpoint }: Loaded,
  { status }: Reconciliation,
  failure: string | null,
): Partial<Status> | null {
  const isOver = endpoint.failedRevision !== null && status.failedRevision === null
  const next = {
    state: status.state,
    stateMessage: status.message,
    errorMessage: isOver ? null : (failure ?? endpoint.errorMessage),
    readyReplicas: status.readyReplicas,
    targetReplicas: status.targetReplicas,
    servingRevision: status.servingRevision,
    failedRevision: status.failedRevision,
  }
  const keys = Object.keys(next) as (keyof typeof next)[]
  return keys.some(key => next[key] !== endpoint[key]) ? next : null
}

export async function writeStatus(tx: Tx, lease: Lease, status: Partial<Status>): Promise<void> {
  await tx
    .update(endpoints)
    .set(status)
    .where(and(eq(endpoints.id, lease.endpointId), eq(endpoints.leaseEpoch, lease.epoch)))
}
