import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { sessions } from '@/lib/server/db/schema/sessions'

/** Ends one session, named by the cookie that is being cleared. An ended or unknown one is no failure. */
export async function signOut(db: Database, sessionId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: new Date() })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
}
