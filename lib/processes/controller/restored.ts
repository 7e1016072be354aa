import type { Database } from '@/lib/server/db/client'
import { type Lease, underLease } from './lease'
import type { Loaded } from './load'
import { writeStatus } from './write'

/** Ours is put back: whether the provider has it again the next look says. Nothing where a newer wish came. */
export async function forgetRestoring(
  db: Database,
  lease: Lease,
  ttlMs: number,
  { endpoint }: Loaded,
): Promise<void> {
  await underLease(db, lease, ttlMs, async (tx, locked) => {
    if (locked.desired !== endpoint.desired || locked.revision !== endpoint.revision) return
    if (locked.isRestoring) await writeStatus(tx, lease, { settled: null })
  })
}
