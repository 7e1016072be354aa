import { hostname } from 'node:os'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { processes } from '@/lib/server/db/schema/processes'

/**
 * Says in `processes` that this controller is alive. Repeated often: a row older than 15 s is a dead one. The
 * address of its log port is put there by whoever opens that port.
 */
export async function reportAlive(db: Database, id: string): Promise<void> {
  await db
    .insert(processes)
    .values({ id, kind: 'controller', host: hostname(), startedAt: sql`now()`, seenAt: sql`now()` })
    .onConflictDoUpdate({ target: processes.id, set: { seenAt: sql`now()` } })
}

export async function reportGone(db: Database, id: string): Promise<void> {
  await db.delete(processes).where(eq(processes.id, id))
}
