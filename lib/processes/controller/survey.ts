import { sql } from 'drizzle-orm'
import type { ProviderKind } from '@/lib/domain/endpoint/spec'
import type { Database } from '@/lib/server/db/client'
import { claimLeases, type Lease, renewLeases } from './lease'
import { isDeadHere } from './process-id'

/** What a controller may act on, and a text per endpoint that changes when its intent does. */
export type Surveyed = { lease: Lease; provider: ProviderKind; intent: string }

/** Renews what is held, takes what is free, and reads the intent of all of it. */
export async function survey(
  db: Database,
  options: { holder: string; ttlMs: number; held: readonly Lease[] },
): Promise<Surveyed[]> {
  const { holder, ttlMs, held } = options
  const kept = await renewLeases(db, held, ttlMs)
  const claimed = await claimLeases(db, { holder, ttlMs, deadHolders: await deadHolders(db, holder) })
  const leases = [...held.filter(lease => kept.has(lease.endpointId)), ...claimed]
  if (leases.length === 0) return []
  const intents = await db.execute<{ id: string; provider: ProviderKind; intent: string }>(sql`
    select id, provider, concat_ws('/', desired, revision, coalesce(failed_revision, 0)) as intent
    from endpoints where lease_holder = ${holder}`)
  const rows = new Map(intents.rows.map(row => [row.id, row]))
  return leases.flatMap(lease => {
    const row = rows.get(lease.endpointId)
    return row ? { lease, provider: row.provider, intent: row.intent } : []
  })
}

/** Holders of this machine whose process is gone: after a SIGKILL nobody waits for leases to run out. */
async function deadHolders(db: Database, self: string): Promise<string[]> {
  const holders = await db.execute<{ holder: string }>(sql`
    select distinct lease_holder as holder from endpoints
    where lease_holder is not null and lease_holder <> ${self} and removed_at is null`)
  return holders.rows.map(row => row.holder).filter(isDeadHere)
}
