import { and, isNull, sql } from 'drizzle-orm'
import type { Actor, RequestInfo } from '@/lib/domain/access/actor'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Database } from '@/lib/server/db/client'
import { sessions } from '@/lib/server/db/schema/sessions'
import { users } from '@/lib/server/db/schema/users'
import { recordAudit } from '../record-audit'
import { verifyPassword } from './password'
import { countAttempt, forgiveAttempts, throttleKeys } from './throttle'

/** From signing in, whatever happens in between: a stolen cookie does not live for ever. */
export const SESSION_SECONDS = 30 * 86_400

export type SignInInput = {
  email: string
  password: string
  userAgent: string | null
  request: RequestInfo
}

/**
 * Checks the password and writes a session row. One message for every wrong combination: it must not tell which
 * accounts exist.
 */
export async function signIn(
  db: Database,
  input: SignInInput,
  now = new Date(),
): Promise<Result<{ sessionId: string }>> {
  const email = input.email.trim().toLowerCase()
  const keys = throttleKeys(email, input.request.address)
  for (const key of keys) {
    const until = await countAttempt(db, key, now)
    if (until) return blockedUntil(until, now)
  }
  const [user] = await db
    .select()
    .from(users)
    .where(and(sql`lower(${users.email}) = ${email}`, isNull(users.disabledAt)))
  const matches = await verifyPassword(input.password, user?.passwordHash ?? null)
  if (!user || !matches)
    return fail('unauthenticated', 'This e-mail address and password do not belong together.')
  await forgiveAttempts(db, keys, now)
  return ok({ sessionId: await openSession(db, user, input, now) })
}

function blockedUntil(until: Date, now: Date): Result<never> {
  const minutes = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 60_000))
  return fail(
    'rate_limited',
    `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  )
}

async function openSession(
  db: Database,
  user: { id: string; name: string; email: string },
  input: SignInInput,
  now: Date,
): Promise<string> {
  return db.transaction(async tx => {
    const [session] = await tx
      .insert(sessions)
      .values({
        userId: user.id,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
        userAgent: input.userAgent?.slice(0, 400) ?? null,
        address: input.request.address,
      })
      .returning({ id: sessions.id })
    if (!session) throw new Error('The session was not written.')
    const actor: Actor = {
      kind: 'user',
      userId: user.id,
      sessionId: session.id,
      name: user.name,
      email: user.email,
      memberships: [],
      request: input.request,
    }
    await recordAudit(tx, actor, {
      teamId: null,
      action: 'session.create',
      objectKind: 'session',
      objectId: session.id,
      objectName: user.email,
    })
    return session.id
  })
}
