import { sql } from 'drizzle-orm'
import type { DesiredState } from '@/lib/domain/endpoint/state'
import type { Database } from '@/lib/server/db/client'

/** The right to act on one endpoint. Whoever takes it over counts the epoch up, which ends all rights before. */
export type Lease = { endpointId: string; epoch: number }

/** Somebody else holds the endpoint now; whatever was about to be written must not be. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

const interval = (ms: number) => sql`make_interval(secs => ${ms / 1000})`

/** Takes every free lease: never held, given back, run out, or of a holder known to be dead. */
export async function claimLeases(
  db: Database,
  claim: { holder: string; ttlMs: number; deadHolders: readonly string[] },
): Promise<Lease[]> {
  const dead = sql`array[${sql.join(
    claim.deadHolders.map(holder => sql`${holder}`),
    sql`, `,
  )}]::text[]`
  const taken = await db.execute<{ endpointId: string; epoch: number }>(sql`
    update endpoints set
      lease_holder = ${claim.holder},
      lease_epoch = lease_epoch + 1,
      lease_expires_at = clock_timestamp() + ${interval(claim.ttlMs)}
    where removed_at is null
      and (lease_holder is null or lease_expires_at < clock_timestamp() or lease_holder = any(${dead}))
    returning id as "endpointId", lease_epoch as epoch`)
  return taken.rows
}

/** Prolongs all that this holder still has; one that ran out unnoticed is its own until somebody else takes it. */
export async function renewLeases(db: Database, holder: string, ttlMs: number): Promise<void> {
  await db.execute(sql`
    update endpoints set lease_expires_at = clock_timestamp() + ${interval(ttlMs)}
    where lease_holder = ${holder} and removed_at is null`)
}

/** Gives them back, so that the next controller need not wait. */
export async function releaseLeases(db: Database, leases: readonly Lease[]): Promise<void> {
  if (leases.length === 0) return
  await db.execute(sql`
    update endpoints set lease_holder = null, lease_expires_at = null
    from jsonb_to_recordset(${JSON.stringify(leases)}::jsonb) as mine("endpointId" uuid, epoch bigint)
    where endpoints.id = mine."endpointId" and endpoints.lease_epoch = mine.epoch`)
}

export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]
/** The endpoint's intent at the moment its row was locked. */
export type Locked = {
  desired: DesiredState
  revision: number
  failedRevision: number | null
  errorMessage: string | null
  /** Somebody wants ours put back in place of what was changed outside. */
  isRestoring: boolean
  isReadOnly: boolean
}

/**
 * A transaction in which the lease holds: the endpoint's row is locked, so nobody can take it over before the
 * commit, and prolonged, so that what follows the commit has its time too.
 * @throws LeaseLost, with nothing written.
 */
export async function underLease<T>(
  db: Database,
  lease: Lease,
  ttlMs: number,
  work: (tx: Tx, locked: Locked) => Promise<T>,
): Promise<T> {
  return await db.transaction(async tx => {
    const locked = await tx.execute<Locked>(sql`
      update endpoints set lease_expires_at = clock_timestamp() + ${interval(ttlMs)}
      where id = ${lease.endpointId} and lease_epoch = ${lease.epoch}
      returning desired, revision, failed_revision as "failedRevision", error_message as "errorMessage",
        coalesce((settled->>'isRestoring')::boolean, false) as "isRestoring",
        is_read_only as "isReadOnly"`)
    const [row] = locked.rows
    if (!row) throw new LeaseLost(`Endpoint ${lease.endpointId} belongs to another controller.`)
    return await work(tx, row)
  })
}

/** @throws LeaseLost */
export const confirmLease = (db: Database, lease: Lease, ttlMs: number): Promise<void> =>
  underLease(db, lease, ttlMs, async () => {})
