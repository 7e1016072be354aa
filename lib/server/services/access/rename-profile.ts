import { eq } from 'drizzle-orm'
import type { RenameProfileInput } from '@/lib/domain/access/inputs'
import { ok, type Result } from '@/lib/domain/result'
import { users } from '@/lib/server/db/schema/users'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { requirePerson } from './require-person'

/** Changes the name that timelines and lists show for the asking person from now on. */
export async function renameProfile(
  ctx: Context,
  input: RenameProfileInput,
): Promise<Result<{ name: string }>> {
  const person = requirePerson(ctx.actor)
  if (!person.ok) return person
  const { userId, name: before } = person.data
  return ctx.db.transaction(async tx => {
    await tx.update(users).set({ name: input.name }).where(eq(users.id, userId))
    await recordAudit(tx, person.data, {
      teamId: null,
      action: 'user.rename',
      objectKind: 'user',
      objectId: userId,
      objectName: input.name,
      change: { before, after: input.name },
    })
    return ok({ name: input.name })
  })
}
