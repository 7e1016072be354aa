import { and, desc, eq, isNull, ne } from 'drizzle-orm'
import type { TeamInput } from '@/lib/domain/access/inputs'
import { canListTokens } from '@/lib/domain/access/rights'
import type { TokenView } from '@/lib/domain/endpoint/view'
import { ok, type Result } from '@/lib/domain/result'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { tokens } from '@/lib/server/db/schema/tokens'
import { users } from '@/lib/server/db/schema/users'
import type { Context } from '../context'
import { requireTeam } from './require-team'
import { toTokenView } from './token-view'

/** The team's tokens that are not revoked, newest first; expired ones too, so that nobody wonders where one went. */
export async function listTokens(ctx: Context, input: TeamInput): Promise<Result<{ items: TokenView[] }>> {
  const team = await requireTeam(ctx, input.team, canListTokens, 'see the tokens of this team')
  if (!team.ok) return team
  const rows = await ctx.db
    .select({ token: tokens, endpointName: endpoints.name, createdBy: users.name })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .leftJoin(endpoints, eq(endpoints.id, tokens.endpointId))
    .where(and(eq(tokens.teamId, team.data.id), ne(tokens.purpose, 'playground'), isNull(tokens.revokedAt)))
    .orderBy(desc(tokens.createdAt), desc(tokens.id))
  return ok({ items: rows.map(row => toTokenView(row.token, row.endpointName, row.createdBy)) })
}
