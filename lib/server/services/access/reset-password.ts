import { eq, sql } from 'drizzle-orm'
import { systemActor } from '@/lib/domain/access/actor'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Database } from '@/lib/server/db/client'
import { users } from '@/lib/server/db/schema/users'
import { recordAudit } from '../record-audit'
import { generatePassword, hashPassword } from './password'
import { revokeSessions } from './revoke-sessions'
import { forgiveAttempts, throttleKeys } from './throttle'

/**
 * The way back from a lost password, for whoever has the machine (`npm run admin -- reset-password`): a new
 * generated one, shown once; every session of the account ends.
 */
export async function resetPassword(
  db: Database,
  email: string,
): Promise<Result<{ email: string; password: string }>> {
  const address = email.trim().toLowerCase()
  const [user] = await db.select().from(users).where(sql`lower(${users.email}) = ${address}`)
  if (!user) return fail('not_found', `There is no account with the address ${address}.`)
  const password = generatePassword()
  const passwordHash = await hashPassword(password)
  await db.transaction(async tx => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id))
    await revokeSessions(tx, user.id, null)
    await forgiveAttempts(tx, throttleKeys(address, null), new Date())
    await recordAudit(tx, systemActor('admin command', 'admin'), {
      teamId: null,
      action: 'user.resetPassword',
      objectKind: 'user',
      objectId: user.id,
      objectName: user.email,
    })
  })
  return ok({ email: user.email, password })
}
