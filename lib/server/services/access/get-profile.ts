import { eq } from 'drizzle-orm'
import type { ProfileView } from '@/lib/domain/access/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import { users } from '@/lib/server/db/schema/users'
import type { Context } from '../context'
import { requirePerson } from './require-person'

/** The asking person: account, teams and roles. */
export async function getProfile(ctx: Context): Promise<Result<ProfileView>> {
  const person = requirePerson(ctx.actor)
  if (!person.ok) return person
  const [user] = await ctx.db.select().from(users).where(eq(users.id, person.data.userId))
  if (!user) return fail('not_found', 'This account is gone.')
  return ok({
    id: user.id,
    name: user.name,
    email: user.email,
    createdAt: user.createdAt.toISOString(),
    hasPassword: user.passwordHash !== null,
    teams: person.data.memberships.map(({ teamId, teamSlug, teamName, role }) => ({
      id: teamId,
      slug: teamSlug,
      name: teamName,
      role,
    })),
  })
}
