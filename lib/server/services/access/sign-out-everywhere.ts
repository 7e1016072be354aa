import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { requirePerson } from './require-person'
import { revokeSessions } from './revoke-sessions'

/** Ends every session of the asking person, this one too: every old cookie is worthless from here on. */
export async function signOutEverywhere(ctx: Context): Promise<Result<{ sessions: number }>> {
  const person = requirePerson(ctx.actor)
  if (!person.ok) return person
  const { userId, name } = person.data
  return ctx.db.transaction(async tx => {
    const count = await revokeSessions(tx, userId, null)
    await recordAudit(tx, person.data, {
      teamId: null,
      action: 'session.revokeAll',
      objectKind: 'user',
      objectId: userId,
      objectName: name,
      change: { sessions: count },
    })
    return ok({ sessions: count })
  })
}
