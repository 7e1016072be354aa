import { asc, eq } from 'drizzle-orm'
import type { Membership } from '@/lib/domain/access/actor'
import type { Queryable } from '@/lib/server/db/client'
import { memberships } from '@/lib/server/db/schema/memberships'
import { teams } from '@/lib/server/db/schema/teams'

/** The teams of an account and its role in each, by slug. */
export const membershipsOf = (db: Pick<Queryable, 'select'>, userId: string): Promise<Membership[]> =>
  db
    .select({ teamId: teams.id, teamSlug: teams.slug, teamName: teams.name, role: memberships.role })
    .from(memberships)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(teams.slug))
