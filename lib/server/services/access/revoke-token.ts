import { and, eq } from 'drizzle-orm'
import type { RevokeTokenInput } from '@/lib/domain/access/inputs'
import { canRevokeToken, isOfTeam } from '@/lib/domain/access/rights'
import { fail, ok, type Result } from '@/lib/domain/result'
import { notify } from '@/lib/server/db/notify'
import { tokens } from '@/lib/server/db/schema/tokens'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { refusal, requireTeam } from './require-team'

/** From now on the token is refused: by the portal at once, by gateways when the hint arrives (10 s at the latest). */
export async function revokeToken(ctx: Context, input: RevokeTokenInput): Promise<Result<{ id: string }>> {
  const team = await requireTeam(ctx, input.team, isOfTeam, 'revoke tokens')
  if (!team.ok) return team
  return ctx.db.transaction(async tx => {
    const [token] = await tx
      .select()
      .from(tokens)
      .where(and(eq(tokens.id, input.tokenId), eq(tokens.teamId, team.data.id)))
      .for('update')
    if (!token) return fail('not_found', 'There is no such token in this team.')
    if (!canRevokeToken(ctx.actor, token)) return fail('forbidden', refusal(ctx.actor, 'revoke this token'))
    if (token.revokedAt) return ok({ id: token.id })
    await tx.update(tokens).set({ revokedAt: new Date() }).where(eq(tokens.id, token.id))
    await recordAudit(tx, ctx.actor, {
      teamId: token.teamId,
      action: 'token.revoke',
      objectKind: 'token',
      objectId: token.id,
      objectName: token.name,
    })
    await notify(tx, 'tokens')
    return ok({ id: token.id })
  })
}
