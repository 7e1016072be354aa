import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { isTokenText } from '@/lib/domain/access/token-text'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { memberships } from '@/lib/server/db/schema/memberships'
import { tokens } from '@/lib/server/db/schema/tokens'
import { users } from '@/lib/server/db/schema/users'
import { hashToken } from '@/lib/server/secrets/token-hash'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { createTestDatabase, testDatabase } from '@/lib/testing/database'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { actorOfToken } from './actor-of-token'
import { createToken } from './create-token'
import { ensureFirstAccount } from './ensure-first-account'
import { listTokens } from './list-tokens'
import { verifyPassword } from './password'
import { revokeToken } from './revoke-token'

const database = testDatabase()
const request = { requestId: 'test', address: null }
let team: TestTeam
let owner: Awaited<ReturnType<typeof makePerson>>
let member: Awaited<ReturnType<typeof makePerson>>
let viewer: Awaited<ReturnType<typeof makePerson>>
let stranger: Awaited<ReturnType<typeof makePerson>>

beforeAll(async () => {
  const { db } = database
  team = await makeTeam(db)
  owner = await makePerson(db, team, 'owner')
  member = await makePerson(db, team, 'member')
  viewer = await makePerson(db, team, 'viewer')
  stranger = await makePerson(db, await makeTeam(db), 'owner')
})

const wish = (changes: object = {}) => ({
  team: team.slug,
  name: 'ci',
  scope: 'infer' as const,
  endpoint: null,
  expiresInDays: null,
  ...changes,
})

describe('a token', () => {
  it('is shown once and kept as a hash', async () => {
    const { token, text } = expectOk(await createToken(member.ctx, wish()))
    expect(isTokenText(text)).toBe(true)
    const [row] = await database.db.select().from(tokens).where(eq(tokens.id, token.id))
    expect(row?.hash.equals(hashToken(text))).toBe(true)
    expect(JSON.stringify(row)).not.toContain(text)
    expect(text.startsWith(token.preview.slice(0, -1))).toBe(true)
    const listed = expectOk(await listTokens(viewer.ctx, { team: team.slug })).items
    expect(listed.find(item => item.id === token.id)).toEqual(token)
  })

  it('can be limited to an endpoint of the team, and to time', async () => {
    const [endpoint] = await database.db
      .insert(endpoints)
      .values({ teamId: team.id, name: 'demo', provider: 'local' })
      .returning()
    const { token } = expectOk(await createToken(owner.ctx, wish({ endpoint: 'demo', expiresInDays: 7 })))
    expect(token.endpoint).toEqual({ id: endpoint?.id, name: 'demo' })
    expect(Date.parse(token.expiresAt ?? '') - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
    expect(await createToken(owner.ctx, wish({ endpoint: 'absent' }))).toMatchObject({
      error: { code: 'not_found', fields: { endpoint: expect.any(String) } },
    })
  })

  it('that does more than its maker may is not made; other teams do not exist', async () => {
    expect(codeOf(await createToken(viewer.ctx, wish({ scope: 'write' })))).toBe('forbidden')
    expect(codeOf(await createToken(viewer.ctx, wish()))).toBe('forbidden')
    expect(codeOf(await createToken(viewer.ctx, wish({ scope: 'read' })))).toBe('ok')
    expect(codeOf(await createToken(stranger.ctx, wish()))).toBe('not_found')
    expect(codeOf(await listTokens(stranger.ctx, { team: team.slug }))).toBe('not_found')
  })

  it('neither makes, lists nor revokes tokens', async () => {
    const { ctx, tokenId } = await makeToken(database.db, team, owner, 'write')
    expect(codeOf(await createToken(ctx, wish()))).toBe('forbidden')
    expect(codeOf(await listTokens(ctx, { team: team.slug }))).toBe('forbidden')
    expect(codeOf(await revokeToken(ctx, { team: team.slug, tokenId }))).toBe('forbidden')
  })

  it('speaks for nobody once it is revoked, expired, or its maker left or was disabled', async () => {
    const actor = (text: string, now = new Date()) => actorOfToken(database.db, text, request, now)
    const first = expectOk(await createToken(owner.ctx, wish({ expiresInDays: 1 })))
    expect(await actor(first.text)).toMatchObject({ kind: 'token', scope: 'infer', role: 'owner' })
    expect(await actor(`${first.text}x`)).toBeNull()
    expect(await actor(first.text, new Date(Date.now() + 2 * 86_400_000))).toBeNull()
    expectOk(await revokeToken(owner.ctx, { team: team.slug, tokenId: first.token.id }))
    expect(await actor(first.text)).toBeNull()

    const leaver = await makePerson(database.db, team, 'member')
    const second = expectOk(await createToken(leaver.ctx, wish()))
    await database.db.delete(memberships).where(eq(memberships.userId, leaver.userId))
    expect(await actor(second.text)).toBeNull()
    const disabled = await makePerson(database.db, team, 'member')
    const third = expectOk(await createToken(disabled.ctx, wish()))
    await database.db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, disabled.userId))
    expect(await actor(third.text)).toBeNull()
  })

  it('notes when it was used, at most once a minute', async () => {
    const { text, token } = expectOk(await createToken(owner.ctx, wish({ scope: 'read' })))
    const used = async () =>
      (await database.db.select().from(tokens).where(eq(tokens.id, token.id)))[0]?.lastUsedAt?.getTime()
    const start = Date.now()
    await actorOfToken(database.db, text, request, new Date(start))
    await actorOfToken(database.db, text, request, new Date(start + 30_000))
    expect(await used()).toBe(start)
    await actorOfToken(database.db, text, request, new Date(start + 90_000))
    expect(await used()).toBe(start + 90_000)
  })

  it('is revoked by its maker and by those who administer, and nobody else', async () => {
    const { token } = expectOk(await createToken(owner.ctx, wish()))
    const ref = { team: team.slug, tokenId: token.id }
    expect(codeOf(await revokeToken(member.ctx, ref))).toBe('forbidden')
    expect(codeOf(await revokeToken(viewer.ctx, ref))).toBe('forbidden')
    expect(codeOf(await revokeToken(stranger.ctx, ref))).toBe('not_found')
    expectOk(await revokeToken(owner.ctx, ref))
    expectOk(await revokeToken(owner.ctx, ref))
    const mine = expectOk(await createToken(member.ctx, wish())).token
    expectOk(await revokeToken(member.ctx, { team: team.slug, tokenId: mine.id }))
  })
})

describe('the first account', () => {
  it('is made once, by whichever of several starts comes first', async () => {
    const fresh = await createTestDatabase()
    try {
      const input = { email: 'Me@Example.com', token: 'o'.repeat(32), team: 'main' }
      const made = await Promise.all([1, 2, 3].map(() => ensureFirstAccount(fresh.db, input)))
      const [first, ...others] = made.filter(result => result.created)
      expect(others).toEqual([])
      if (!first?.created) throw new Error('none was made')
      expect(first).toMatchObject({ email: 'me@example.com', team: 'main' })
      const [user] = await fresh.db.select().from(users)
      expect(await verifyPassword(first.generatedPassword ?? '', user?.passwordHash ?? null)).toBe(true)
      expect(await actorOfToken(fresh.db, 'o'.repeat(32), request)).toMatchObject({
        scope: 'write',
        teamSlug: 'main',
        role: 'owner',
      })
    } finally {
      await fresh.drop()
    }
  })
})
