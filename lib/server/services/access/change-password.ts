import { eq } from 'drizzle-orm'
import type { ChangePasswordInput } from '@/lib/domain/access/inputs'
import { fail, ok, type Result } from '@/lib/domain/result'
import { users } from '@/lib/server/db/schema/users'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { hashPassword, verifyPassword } from './password'
import { requirePerson } from './require-person'
import { revokeSessions } from './revoke-sessions'
import { countAttempt, forgiveAttempts, throttleKeys } from './throttle'

/** Sets a new password and ends every other session: whoever knew the old one is out. */
export async function changePassword(
  ctx: Context,
  input: ChangePasswordInput,
): Promise<Result<{ sessions: number }>> {
  const person = requirePerson(ctx.actor)
  if (!person.ok) return person
  const { userId, sessionId } = person.data
  const [user] = await ctx.db.select().from(users).where(eq(users.id, userId))
  if (!user) return fail('not_found', 'This account is gone.')

  // A stolen session must not become a way to guess the password without limit.
  const keys = throttleKeys(user.email.toLowerCase(), null)
  for (const key of keys)
    if (await countAttempt(ctx.db, key, new Date()))
      return fail('rate_limited', 'Too many wrong passwords. Try again in a quarter of an hour.')
  if (!(await verifyPassword(input.currentPassword, user.passwordHash)))
    return fail('invalid', 'The current password is not right.', {
      fields: { currentPassword: 'This is not your current password.' },
    })
  await forgiveAttempts(ctx.db, keys, new Date())

  const passwordHash = await hashPassword(input.newPassword)
  return ctx.db.transaction(async tx => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, userId))
    const count = await revokeSessions(tx, userId, sessionId)
    await recordAudit(tx, person.data, {
      teamId: null,
      action: 'user.changePassword',
      objectKind: 'user',
      objectId: userId,
      objectName: user.email,
      change: { sessionsEnded: count },
    })
    return ok({ sessions: count })
  })
}
