import type { Actor } from '@/lib/domain/access/actor'
import { makeTokenText, tokenPreview } from '@/lib/domain/access/token-text'
import type { Queryable } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { tokens } from '@/lib/server/db/schema/tokens'
import { hashToken } from '@/lib/server/secrets/token-hash'
import { recordAudit } from '../record-audit'

type TokenRow = typeof tokens.$inferSelect

export type NewToken = Pick<TokenRow, 'teamId' | 'userId' | 'name' | 'scope'> &
  Partial<Pick<TokenRow, 'endpointId' | 'expiresAt' | 'purpose'>> & {
    /** A text of the operator's own (SLIPWAY_ADMIN_TOKEN); otherwise one is made. */
    text?: string
  }

/**
 * Writes a token and tells the gateways, in the caller's transaction; checks no right. The text is returned this
 * once and kept nowhere.
 */
export async function issueToken(
  tx: Queryable,
  actor: Actor,
  { text = makeTokenText(), ...fields }: NewToken,
): Promise<{ row: TokenRow; text: string }> {
  const [row] = await tx
    .insert(tokens)
    .values({ ...fields, hash: hashToken(text), preview: tokenPreview(text) })
    .returning()
  if (!row) throw new Error('The token was not written.')
  await recordAudit(tx, actor, {
    teamId: row.teamId,
    action: row.purpose === 'playground' ? 'token.playground' : 'token.create',
    objectKind: 'token',
    objectId: row.id,
    objectName: row.name,
    change: { scope: row.scope, endpointId: row.endpointId, expiresAt: row.expiresAt },
  })
  await notify(tx, 'tokens')
  return { row, text }
}
