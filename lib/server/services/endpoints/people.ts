import { inArray } from 'drizzle-orm'
import type { Queryable } from '@/lib/server/db/client'
import { users } from '@/lib/server/db/schema/users'

/** Names of accounts by id; null ids and accounts that are gone are simply not there. */
export async function peopleById(
  db: Pick<Queryable, 'select'>,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string | null, { id: string; name: string }>> {
  const known = [...new Set(ids)].filter(id => id !== null)
  if (known.length === 0) return new Map()
  const rows = await db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, known))
  return new Map(rows.map(row => [row.id, row]))
}
