import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Queryable } from '@/lib/server/db/client'
import { sessions } from '@/lib/server/db/schema/sessions'

/** Ends the living sessions of an account, all but `except`; says how many. */
export async function revokeSessions(
  tx: Pick<Queryable, 'update'>,
  userId: string,
  except: string | null,
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        except === null ? undefined : ne(sessions.id, except),
      ),
    )
    .returning({ id: sessions.id })
  return ended.length
}
