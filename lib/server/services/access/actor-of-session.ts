import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Actor, RequestInfo } from '@/lib/domain/access/actor'
import type { Database } from '@/lib/server/db/client'
import { sessions } from '@/lib/server/db/schema/sessions'
import { users } from '@/lib/server/db/schema/users'
import { membershipsOf } from './memberships-of'

const TOUCH_MS = 60_000

/**
 * The person behind a session id, read from the row on every verb, page and stream: a revoked or expired session,
 * or a disabled account, is nobody from that moment on.
 */
export async function actorOfSession(
  db: Database,
  sessionId: string,
  request: RequestInfo,
  now = new Date(),
): Promise<Extract<Actor, { kind: 'user' }> | null> {
  const [row] = await db
    .select({ userId: users.id, name: users.name, lastSeenAt: sessions.lastSeenAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        isNull(users.disabledAt),
      ),
    )
  if (!row) return null
  if (now.getTime() - row.lastSeenAt.getTime() > TOUCH_MS) await touch(db, sessionId, now)
  const memberships = await membershipsOf(db, row.userId)
  return { kind: 'user', userId: row.userId, sessionId, name: row.name, memberships, request }
}

/** The condition is asked again in the statement: of many requests at once, one writes. */
async function touch(db: Database, sessionId: string, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, new Date(now.getTime() - TOUCH_MS))))
}
