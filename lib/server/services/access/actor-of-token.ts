import { and, eq, gt, isNull, lt, or } from 'drizzle-orm'
import type { Actor, RequestInfo } from '@/lib/domain/access/actor'
import type { Database } from '@/lib/server/db/client'
import { memberships } from '@/lib/server/db/schema/memberships'
import { teams } from '@/lib/server/db/schema/teams'
import { tokens } from '@/lib/server/db/schema/tokens'
import { users } from '@/lib/server/db/schema/users'
import { hashToken } from '@/lib/server/secrets/token-hash'

const TOUCH_MS = 60_000

/** Who an API token speaks for: null when it is unknown, revoked or expired, or its maker left the team. */
export async function actorOfToken(
  db: Database,
  text: string,
  request: RequestInfo,
  now = new Date(),
): Promise<Extract<Actor, { kind: 'token' }> | null> {
  const [row] = await db
    .select({ token: tokens, teamSlug: teams.slug, role: memberships.role })
    .from(tokens)
    .innerJoin(teams, eq(teams.id, tokens.teamId))
    .innerJoin(users, and(eq(users.id, tokens.userId), isNull(users.disabledAt)))
    .innerJoin(memberships, and(eq(memberships.userId, tokens.userId), eq(memberships.teamId, tokens.teamId)))
    .where(
      and(
        eq(tokens.hash, hashToken(text)),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)),
      ),
    )
  if (!row) return null
  const { token, teamSlug, role } = row
  await touch(db, token.id, token.lastUsedAt, now)
  return {
    kind: 'token',
    tokenId: token.id,
    name: token.name,
    teamId: token.teamId,
    teamSlug,
    scope: token.scope,
    endpointId: token.endpointId,
    userId: token.userId,
    role,
    request,
  }
}

async function touch(db: Database, tokenId: string, lastUsedAt: Date | null, now: Date): Promise<void> {
  const before = new Date(now.getTime() - TOUCH_MS)
  if (lastUsedAt && lastUsedAt > before) return
  await db
    .update(tokens)
    .set({ lastUsedAt: now })
    .where(and(eq(tokens.id, tokenId), or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, before))))
}
