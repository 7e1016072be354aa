import { eq } from 'drizzle-orm'
import type { Actor } from '@/lib/domain/access/actor'
import type { TeamRef } from '@/lib/domain/access/rights'
import { fail, ok, type Result } from '@/lib/domain/result'
import { teams } from '@/lib/server/db/schema/teams'
import type { Context } from '../context'

export type Team = { id: string; slug: string }

/** The team by its slug, where the actor is in it: to everybody else it does not exist. */
async function findTeam({ db, actor }: Context, slug: string): Promise<Team | undefined> {
  switch (actor.kind) {
    case 'user': {
      const membership = actor.memberships.find(candidate => candidate.teamSlug === slug)
      return membership && { id: membership.teamId, slug }
    }
    case 'token':
      return actor.teamSlug === slug ? { id: actor.teamId, slug } : undefined
    case 'system': {
      const [row] = await db
        .select({ id: teams.id, slug: teams.slug })
        .from(teams)
        .where(eq(teams.slug, slug))
      return row
    }
  }
}

/**
 * The team a verb is about, when the actor holds the right on it. `doing` completes "… does not allow you to".
 */
export async function requireTeam(
  ctx: Context,
  slug: string,
  can: (actor: Actor, team: TeamRef) => boolean,
  doing: string,
): Promise<Result<Team>> {
  const team = await findTeam(ctx, slug)
  if (!team) return fail('not_found', `There is no team “${slug}”, or you are not in it.`)
  return can(ctx.actor, team) ? ok(team) : fail('forbidden', refusal(ctx.actor, doing))
}

/** Says which of role and token stands in the way, and what would help. */
export const refusal = (actor: Actor, doing: string): string =>
  actor.kind === 'token'
    ? `This token does not allow you to ${doing}: it needs another scope, or is limited to another endpoint.`
    : `Your role in this team does not allow you to ${doing}. Ask an owner or admin of the team.`
