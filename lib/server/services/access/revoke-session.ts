import { and, eq, isNull } from 'drizzle-orm'
import type { RevokeSessionInput } from '@/lib/domain/access/inputs'
import { fail, ok, type Result } from '@/lib/domain/result'
import { sessions } from '@/lib/server/db/schema/sessions'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { requirePerson } from './require-person'

/** Ends one session of the asking person; somebody else's does not exist for them. */
export async function revokeSession(
  ctx: Context,
  input: RevokeSessionInput,
): Promise<Result<{ id: string }>> {
  const person = requirePerson(ctx.actor)
  if (!person.ok) return person
  return ctx.db.transaction(async tx => {
    const [ended] = await tx
      .update(sessions)
      .set({ revokedAt: new Date() })
      .where(
        and(
          eq(sessions.id, input.sessionId),
          eq(sessions.userId, person.data.userId),
          isNull(sessions.revokedAt),
        ),
      )
      .returning({ id: sessions.id })
    if (!ended) return fail('not_found', 'This session has already ended.')
    await recordAudit(tx, person.data, {
      teamId: null,
      action: 'session.revoke',
      objectKind: 'session',
      objectId: ended.id,
      objectName: person.data.name,
    })
    return ok({ id: ended.id })
  })
}
