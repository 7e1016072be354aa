import { eq } from 'drizzle-orm'
import { diffSpecs } from '@/lib/domain/endpoint/diff'
import type { StaleDetails } from '@/lib/domain/endpoint/stale'
import { fail, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { users } from '@/lib/server/db/schema/users'
import type { EndpointRow } from './find-endpoint'
import { readRevision } from './revision-rows'

/** Refuses an update that was made from an older revision, with what the other person changed since. */
export async function staleRevision(
  db: Pick<Queryable, 'select'>,
  endpoint: EndpointRow,
  baseRevision: number,
): Promise<Result<never>> {
  const current = await readRevision(db, endpoint.id, endpoint.revision)
  const base = await readRevision(db, endpoint.id, baseRevision)
  if (!current || !base) return fail('not_found', `There is no revision ${baseRevision} of this endpoint.`)
  const changedBy = await nameOf(db, current.createdBy)
  const details: StaleDetails = {
    revision: current.number,
    changedBy,
    changedAt: current.createdAt.toISOString(),
    changes: diffSpecs(base.spec, current.spec),
  }
  const message = `${changedBy} changed this endpoint since you opened it: revision ${current.number}, ${current.summary}. Look at both changes and save again.`
  return fail('stale_revision', message, { details })
}

async function nameOf(db: Pick<Queryable, 'select'>, userId: string | null): Promise<string> {
  if (userId === null) return 'Slipway'
  const [user] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId))
  return user?.name ?? 'Somebody'
}
