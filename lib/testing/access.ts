import { randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/domain/access/actor'
import type { Role } from '@/lib/domain/access/roles'
import type { TokenScope } from '@/lib/domain/access/tokens'
import type { Database } from '@/lib/server/db/client'
import { memberships } from '@/lib/server/db/schema/memberships'
import { sessions } from '@/lib/server/db/schema/sessions'
import { teams } from '@/lib/server/db/schema/teams'
import { users } from '@/lib/server/db/schema/users'
import { actorOfSession } from '@/lib/server/services/access/actor-of-session'
import { actorOfToken } from '@/lib/server/services/access/actor-of-token'
import { issueToken } from '@/lib/server/services/access/issue-token'
import type { Context } from '@/lib/server/services/context'

const requestOf = (what: string) => ({ requestId: `test-${what}`, address: '192.0.2.7' })

export type TestTeam = { id: string; slug: string }

export async function makeTeam(db: Database, slug = `team-${randomUUID().slice(0, 8)}`): Promise<TestTeam> {
  const [team] = await db.insert(teams).values({ slug, name: slug }).returning()
  if (!team) throw new Error('no team')
  return { id: team.id, slug }
}

/** An account that is in the team with a role, signed in. The actor is read the way requests read it. */
export async function makePerson(
  db: Database,
  team: TestTeam | null,
  role: Role = 'owner',
  passwordHash: string | null = null,
): Promise<{ ctx: Context; userId: string; sessionId: string; email: string }> {
  const email = `${randomUUID()}@example.com`
  const [user] = await db
    .insert(users)
    .values({ email, name: `The ${role}`, passwordHash })
    .returning()
  if (!user) throw new Error('no user')
  if (team) await db.insert(memberships).values({ teamId: team.id, userId: user.id, role })
  const [session] = await db
    .insert(sessions)
    .values({ userId: user.id, expiresAt: new Date(Date.now() + 3_600_000) })
    .returning()
  if (!session) throw new Error('no session')
  const actor = await actorOfSession(db, session.id, requestOf(role))
  if (!actor) throw new Error('no actor')
  return { ctx: { db, actor }, userId: user.id, sessionId: session.id, email }
}

/** A token of an account, and the actor it stands for. */
export async function makeToken(
  db: Database,
  team: TestTeam,
  person: { userId: string; ctx: Context },
  scope: TokenScope,
  endpointId: string | null = null,
): Promise<{ ctx: Context; text: string; tokenId: string }> {
  const { row, text } = await issueToken(db, person.ctx.actor, {
    teamId: team.id,
    userId: person.userId,
    name: `${scope} token`,
    scope,
    endpointId,
  })
  const actor: Actor | null = await actorOfToken(db, text, requestOf(scope))
  if (!actor) throw new Error('no actor')
  return { ctx: { db, actor }, text, tokenId: row.id }
}
