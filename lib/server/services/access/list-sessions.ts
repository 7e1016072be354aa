import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { SessionView } from '@/lib/domain/access/view'
import { ok, type Result } from '@/lib/domain/result'
import { sessions } from '@/lib/server/db/schema/sessions'
import type { Context } from '../context'
import { requirePerson } from './require-person'

/** Where the asking person is signed in, the latest first. */
export async function listSessions(ctx: Context): Promise<Result<{ items: SessionView[] }>> {
  const person = requirePerson(ctx.actor)
  if (!person.ok) return person
  const { userId, sessionId } = person.data
  const rows = await ctx.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, new Date())))
    .orderBy(desc(sessions.lastSeenAt))
  const items = rows.map(row => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    userAgent: row.userAgent,
    address: row.address,
    current: row.id === sessionId,
  }))
  return ok({ items })
}
