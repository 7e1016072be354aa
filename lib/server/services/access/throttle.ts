import { createHash } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'
import type { Queryable } from '@/lib/server/db/client'
import { signInAttempts } from '@/lib/server/db/schema/sign-in-attempts'

const WINDOW_MS = 15 * 60_000
const KEPT_MS = 24 * 3_600_000

/** An account is guessed at by one person with few tries; an address can be an office. */
export const SIGN_IN_LIMITS = { account: 10, address: 60 } as const

export type ThrottleKey = { key: string; limit: number }

/** Hashed, because what people type by mistake into the e-mail field is often their password. */
export function throttleKeys(email: string, address: string | null): ThrottleKey[] {
  const account = createHash('sha256').update(email).digest('base64url')
  const keys: ThrottleKey[] = [{ key: `account:${account}`, limit: SIGN_IN_LIMITS.account }]
  if (address !== null) keys.push({ key: `address:${address}`, limit: SIGN_IN_LIMITS.address })
  return keys
}

/**
 * Counts an attempt before the password is looked at, so that parallel guesses cannot all slip through, and says
 * until when the key is blocked. Attempts during a block are refused without being counted.
 */
export async function countAttempt(
  db: Pick<Queryable, 'execute'>,
  { key, limit }: ThrottleKey,
  now: Date,
): Promise<Date | null> {
  const at = sql`${now.toISOString()}::timestamptz`
  const stale = sql`a.window_started_at < ${at} - ${`${WINDOW_MS} milliseconds`}::interval`
  const blocked = sql`coalesce(a.blocked_until > ${at}, false)`
  const { rows } = await db.execute<{ blocked_until: string | Date | null }>(sql`
    insert into sign_in_attempts as a (key, failures, window_started_at) values (${key}, 1, ${at})
    on conflict (key) do update set
      failures = case when ${blocked} then a.failures when ${stale} then 1 else a.failures + 1 end,
      window_started_at = case when ${blocked} then a.window_started_at when ${stale} then ${at}
        else a.window_started_at end,
      blocked_until = case when ${blocked} then a.blocked_until when ${stale} then null
        when a.failures + 1 > ${limit} then ${at} + ${`${WINDOW_MS} milliseconds`}::interval end
    returning a.blocked_until`)
  const until = rows[0]?.blocked_until
  return until ? new Date(until) : null
}

/** After a success: the account starts anew, the address gets back the one attempt that was none. */
export async function forgiveAttempts(
  db: Pick<Queryable, 'update' | 'delete'>,
  keys: readonly ThrottleKey[],
  now: Date,
): Promise<void> {
  for (const { key } of keys) {
    if (key.startsWith('account:')) await db.delete(signInAttempts).where(eq(signInAttempts.key, key))
    else
      await db
        .update(signInAttempts)
        .set({ failures: sql`greatest(${signInAttempts.failures} - 1, 0)` })
        .where(eq(signInAttempts.key, key))
  }
  await db.delete(signInAttempts).where(lt(signInAttempts.windowStartedAt, new Date(now.getTime() - KEPT_MS)))
}
