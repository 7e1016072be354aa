import { sql } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import type { Place } from '@/lib/server/services/connections/provider-source'
import { claimLeases, type Lease, renewLeases } from './lease'
import { isDeadHere } from './process-id'

/** What a controller may act on, and a text per endpoint that changes when its intent does. */
export type Surveyed = { lease: Lease; endpointName: string; place: Place; intent: string }

/** Takes what is free, and reads what is held and its intent. */
export async function survey(
  db: Database,
  { holder, ttlMs, renews }: { holder: string; ttlMs: number; renews: boolean },
): Promise<Surveyed[]> {
  if (renews) await renewLeases(db, holder, ttlMs)
  await claimLeases(db, { holder, ttlMs, deadHolders: await deadHolders(db, holder) })
  const held = await db.execute<Place & { id: string; name: string; epoch: number; intent: string }>(sql`
    select id, name, lease_epoch as epoch, provider, connection_id as "connectionId",
      concat_ws('/', desired, revision, coalesce(failed_revision, 0), settled->>'isRestoring', is_read_only) as intent
    from endpoints where lease_holder = ${holder} and removed_at is null`)
  return held.rows.map(({ id, name, epoch, provider, connectionId, intent }) => ({
    lease: { endpointId: id, epoch },
    endpointName: name,
    place: { provider, connectionId },
    intent,
  }))
}

/** Holders of this machine whose process is gone: after a SIGKILL nobody waits for leases to run out. */
async function deadHolders(db: Database, self: string): Promise<string[]> {
  const holders = await db.execute<{ holder: string }>(sql`
    select distinct lease_holder as holder from endpoints
    where lease_holder is not null and lease_holder <> ${self} and removed_at is null`)
  return holders.rows.map(row => row.holder).filter(isDeadHere)
}
