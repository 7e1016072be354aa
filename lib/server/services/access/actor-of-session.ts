import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Actor, RequestInfo } from '@/lib/domain/access/actor'
import type { Database } from '@/lib/server/db/client'
import { memberships } from '@/lib/server/db/schema/memberships'
import { sessions } from '@/lib/server/db/schema/sessions'
import { teams } from '@/lib/server/db/schema/teams'
import { users } from '@/lib/server/db/schema/users'

const TOUCH_MS = 60_000

/**
 * The person behind a session id with their teams by slug, read from the rows on every verb, page and stream: a
 * revoked or expired session, or a disabled account, is nobody from that moment on. One statement, because nothing of
 * a page can begin before it.
 */
export async function actorOfSession(
  db: Database,
  sessionId: string,
  request: RequestInfo,
  now = new Date(),
): Promise<Extract<Actor, { kind: 'user' }> | null> {
  const rows = await db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      lastSeenAt: sessions.lastSeenAt,
      team: { teamId: teams.id, teamSlug: teams.slug, teamName: teams.name },
      role: memberships.role,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .leftJoin(teams, eq(teams.id, memberships.teamId))
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(teams.slug))
  const [row] = rows
  if (!row) return null
  if (now.getTime() - row.lastSeenAt.getTime() > TOUCH_MS) await touch(db, sessionId, now)
  return {
    kind: 'user',
    userId: row.userId,
    sessionId,
    name: row.name,
    email: row.email,
    memberships: rows.flatMap(({ team, role }) => (team && role ? [{ ...team, role }] : [])),
    request,
  }
}

/** The condition is asked again in the statement: of many requests at once, one writes. */
async function touch(db: Database, sessionId: string, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, new Date(now.getTime() - TOUCH_MS))))
}
