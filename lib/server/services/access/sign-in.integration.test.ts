import { eq } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '@/lib/server/db/schema/audit-log'
import { sessions } from '@/lib/server/db/schema/sessions'
import { users } from '@/lib/server/db/schema/users'
import { cookieSecret, sessionIdOf } from '@/lib/server/http/session-cookie'
import { makePerson, makeTeam } from '@/lib/testing/access'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { actorOfSession } from './actor-of-session'
import { changePassword } from './change-password'
import { hashPassword, verifyPassword } from './password'
import { resetPassword } from './reset-password'
import { revokeSession } from './revoke-session'
import { type SignInInput, signIn } from './sign-in'
import { signOut } from './sign-out'
import { signOutEverywhere } from './sign-out-everywhere'
import { countAttempt, SIGN_IN_LIMITS, throttleKeys } from './throttle'

testDataDir()
const database = testDatabase()
const PASSWORD = 'a long enough password'
const request = { requestId: 'test', address: '192.0.2.1' }
let passwordHash = ''
let nextAddress = 10

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD)
})

const account = async () => makePerson(database.db, await makeTeam(database.db), 'owner', passwordHash)
/** Another address each: only the test about addresses is to be slowed down by one. */
const attempt = (email: string, password: string, input: Partial<SignInInput> = {}, now = new Date()) =>
  signIn(
    database.db,
    {
      email,
      password,
      userAgent: 'vitest',
      request: { ...request, address: `198.51.100.${nextAddress++ % 250}` },
      ...input,
    },
    now,
  )
/** What the browser would send: the id sealed as next-auth seals it, opened and read as on every request. */
async function replay(sessionId: string) {
  const cookie = await encode({ token: { sid: sessionId }, secret: cookieSecret() })
  const id = await sessionIdOf(cookie)
  return id && actorOfSession(database.db, id, request)
}

describe('a password', () => {
  it('is stored as scrypt with its parameters and never twice the same', async () => {
    expect(passwordHash).toMatch(/^scrypt\$ln=15,r=8,p=3\$/)
    expect(await hashPassword(PASSWORD)).not.toBe(passwordHash)
    expect(await verifyPassword(PASSWORD, passwordHash)).toBe(true)
    expect(await verifyPassword(`${PASSWORD}.`, passwordHash)).toBe(false)
    expect(await verifyPassword(PASSWORD, null)).toBe(false)
  })
})

describe('signing in', () => {
  it('opens a session that is a row; the e-mail’s case does not matter', async () => {
    const { email, userId } = await account()
    const { sessionId } = expectOk(await attempt(email.toUpperCase(), PASSWORD))
    const [row] = await database.db.select().from(sessions).where(eq(sessions.id, sessionId))
    expect(row).toMatchObject({ userId, userAgent: 'vitest' })
    const actor = await replay(sessionId)
    expect(actor).toMatchObject({ userId, sessionId, memberships: [{ role: 'owner' }] })
  })

  it('says the same for a wrong password, an unknown account and a disabled one', async () => {
    const { email, userId } = await account()
    const wrong = await attempt(email, 'not the password')
    const unknown = await attempt('nobody@example.com', PASSWORD)
    await database.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId))
    const disabled = await attempt(email, PASSWORD)
    expect(codeOf(wrong)).toBe('unauthenticated')
    expect(unknown).toEqual(wrong)
    expect(disabled).toEqual(wrong)
  })

  it('is throttled per account, even for the right password, and opens again later', async () => {
    const { email } = await account()
    const guesses = Array.from({ length: SIGN_IN_LIMITS.account + 3 }, () => attempt(email, 'guess'))
    const codes = (await Promise.all(guesses)).map(codeOf)
    expect(codes.filter(code => code === 'unauthenticated')).toHaveLength(SIGN_IN_LIMITS.account)
    expect(await attempt(email, PASSWORD)).toMatchObject({
      error: { code: 'rate_limited', message: expect.stringContaining('15 minutes') },
    })
    const later = new Date(Date.now() + 16 * 60_000)
    expect(codeOf(await attempt(email, PASSWORD, {}, later))).toBe('ok')
  })

  it('is throttled per address, over many accounts', async () => {
    const from = { request: { requestId: 'r', address: '203.0.113.5' } }
    const past = new Date(Date.now() - 60_000)
    for (const at of Array.from({ length: SIGN_IN_LIMITS.address }).keys())
      for (const key of throttleKeys(`somebody-${at}@example.com`, from.request.address))
        expect(await countAttempt(database.db, key, past)).toBeNull()
    const { email } = await account()
    expect(codeOf(await attempt(email, PASSWORD, from, past))).toBe('rate_limited')
    expect(codeOf(await attempt(email, PASSWORD))).toBe('ok')
  })
})

describe('an old cookie', () => {
  it('is worthless after signing out', async () => {
    const { email } = await account()
    const { sessionId } = expectOk(await attempt(email, PASSWORD))
    expect(await replay(sessionId)).not.toBeNull()
    await signOut(database.db, sessionId)
    expect(await replay(sessionId)).toBeNull()
  })

  it('is worthless after signing out everywhere, from whichever session', async () => {
    const { email, ctx, sessionId: own } = await account()
    const other = expectOk(await attempt(email, PASSWORD)).sessionId
    expect(expectOk(await signOutEverywhere(ctx))).toEqual({ sessions: 2 })
    expect(await replay(own)).toBeNull()
    expect(await replay(other)).toBeNull()
  })

  it('of other sessions is worthless after a password change; this session goes on', async () => {
    const { email, ctx, sessionId: own } = await account()
    const other = expectOk(await attempt(email, PASSWORD)).sessionId
    const wrong = await changePassword(ctx, { currentPassword: 'guess', newPassword: 'another password' })
    expect(wrong).toMatchObject({
      error: { code: 'invalid', fields: { currentPassword: expect.any(String) } },
    })
    expectOk(await changePassword(ctx, { currentPassword: PASSWORD, newPassword: 'another password' }))
    expect(await replay(own)).not.toBeNull()
    expect(await replay(other)).toBeNull()
    expect(codeOf(await attempt(email, PASSWORD))).toBe('unauthenticated')
    expect(codeOf(await attempt(email, 'another password'))).toBe('ok')
  })

  it('is worthless when it expired, was forged, or its account was disabled', async () => {
    const { sessionId, userId } = await account()
    const forged = await encode({ token: { sid: sessionId }, secret: 'not our key' })
    expect(await sessionIdOf(forged)).toBeNull()
    expect(await sessionIdOf('garbage')).toBeNull()
    const later = new Date(Date.now() + 2 * 3_600_000)
    expect(await actorOfSession(database.db, sessionId, request, later)).toBeNull()
    await database.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId))
    expect(await replay(sessionId)).toBeNull()
  })
})

describe('sessions', () => {
  it('of somebody else do not exist', async () => {
    const mine = await account()
    const theirs = await account()
    expect(codeOf(await revokeSession(mine.ctx, { sessionId: theirs.sessionId }))).toBe('not_found')
    expect(await replay(theirs.sessionId)).not.toBeNull()
    expectOk(await revokeSession(theirs.ctx, { sessionId: theirs.sessionId }))
    expect(await replay(theirs.sessionId)).toBeNull()
  })

  it('are touched at most once a minute', async () => {
    const { sessionId } = await account()
    const seen = async () =>
      (await database.db.select().from(sessions).where(eq(sessions.id, sessionId)))[0]?.lastSeenAt.getTime()
    const first = await seen()
    await actorOfSession(database.db, sessionId, request, new Date(Date.now() + 30_000))
    expect(await seen()).toBe(first)
    const later = new Date(Date.now() + 90_000)
    await actorOfSession(database.db, sessionId, request, later)
    expect(await seen()).toBe(later.getTime())
  })
})

describe('a lost password', () => {
  it('is replaced by whoever has the machine, and ends every session', async () => {
    const { email, sessionId, userId } = await account()
    const { password } = expectOk(await resetPassword(database.db, email.toUpperCase()))
    expect(password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/)
    expect(await replay(sessionId)).toBeNull()
    expect(codeOf(await attempt(email, password))).toBe('ok')
    const [audit] = await database.db.select().from(auditLog).where(eq(auditLog.objectId, userId))
    expect(audit).toMatchObject({ action: 'user.resetPassword', actorKind: 'system' })
    expect(JSON.stringify(audit)).not.toContain(password)
    expect(codeOf(await resetPassword(database.db, 'nobody@example.com'))).toBe('not_found')
  })
})
