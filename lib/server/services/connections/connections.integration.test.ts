import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '@/lib/server/db/schema/audit-log'
import { connections } from '@/lib/server/db/schema/connections'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { type SecondSlipway, startSecondSlipway } from '@/lib/testing/second-slipway'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { createConnection } from './create-connection'
import { listConnections } from './list-connections'
import { removeConnection } from './remove-connection'
import { testConnection } from './test-connection'
import { updateConnection } from './update-connection'

testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
let elsewhere: SecondSlipway
let team: TestTeam
type Person = Awaited<ReturnType<typeof makePerson>>
let admin: Person
let member: Person
let stranger: Person

beforeAll(async () => {
  elsewhere = await startSecondSlipway()
  team = await makeTeam(test.db)
  admin = await makePerson(test.db, team, 'admin')
  member = await makePerson(test.db, team, 'member')
  stranger = await makePerson(test.db, await makeTeam(test.db), 'owner')
})
afterAll(() => elsewhere?.stop())

const settingsOf = (changes: { namespace?: string; baseUrl?: string } = {}) => ({
  kind: 'huggingface' as const,
  namespace: elsewhere.team.slug,
  baseUrl: elsewhere.url,
  ...changes,
})

async function wish(
  scope: 'read' | 'infer' | 'write' = 'write',
  changes: { namespace?: string; baseUrl?: string } = {},
) {
  const token = await elsewhere.token(scope)
  return { team: team.slug, name: 'Elsewhere', settings: settingsOf(changes), secrets: { token } }
}

const allowedOf = (permissions: readonly { id: string; allowed: string }[]) =>
  Object.fromEntries(permissions.map(({ id, allowed }) => [id, allowed]))

describe('a connection', () => {
  it('is kept with what each permission said, its token sealed and never shown', async () => {
    const input = await wish()
    const made = expectOk(await createConnection(admin.ctx, input))
    expect(allowedOf(made.permissions)).toEqual({
      read: 'yes',
      hardware: 'yes',
      write: 'yes',
      logs: 'yes',
      infer: 'yes',
      hosted: 'yes',
      spaces: 'yes',
    })
    expect(made).toMatchObject({ name: 'Elsewhere', problem: null, createdBy: 'The admin', endpoints: [] })
    const [row] = await test.db.select().from(connections).where(eq(connections.id, made.id))
    const trail = await test.db.select().from(auditLog).where(eq(auditLog.objectId, made.id))
    expect(trail.map(entry => entry.action)).toEqual(['connection.create'])
    for (const shown of [row, made, trail]) expect(JSON.stringify(shown)).not.toContain(input.secrets.token)
    const listed = expectOk(await listConnections(member.ctx, { team: team.slug })).items
    expect(listed).toContainEqual(made)
  })

  it('says which permission is missing, and what to add', async () => {
    const made = expectOk(await createConnection(admin.ctx, await wish('read')))
    expect(allowedOf(made.permissions)).toMatchObject({ read: 'yes', write: 'no', logs: 'yes', infer: 'no' })
    expect(made.permissions.find(({ id }) => id === 'write')?.advice).toContain('inference.endpoints.write')
    // Trying the permission to create has created nothing.
    expect(await elsewhere.db.$count(endpoints)).toBe(0)
  })

  it('is refused at the field that is wrong', async () => {
    const input = await wish()
    const refusedAt = async (changes: object) => {
      const result = await createConnection(admin.ctx, { ...input, ...changes })
      return result.ok ? 'ok' : [result.error.code, Object.keys(result.error.fields ?? {}).join()]
    }
    const before = await test.db.$count(connections)
    expect(await refusedAt({ secrets: { token: 'slip_unknown_token' } })).toEqual([
      'provider_refused',
      'token',
    ])
    expect(await refusedAt({ settings: settingsOf({ namespace: 'other' }) })).toEqual([
      'provider_refused',
      'namespace',
    ])
    expect(await refusedAt({ settings: settingsOf({ baseUrl: 'http://127.0.0.1:1' }) })).toEqual([
      'provider_unavailable',
      '',
    ])
    for (const baseUrl of ['http://10.0.0.1', 'http://169.254.169.254', 'http://example.com'])
      expect(await refusedAt({ settings: settingsOf({ baseUrl }) })).toEqual(['invalid', 'baseUrl'])
    // A name that leads to a private address is found out when it is resolved.
    expect(await refusedAt({ settings: settingsOf({ baseUrl: 'https://localhost:1' }) })).toEqual([
      'provider_unavailable',
      '',
    ])
    expect(await test.db.$count(connections)).toBe(before)
  })
})

describe('whose connections', () => {
  it('only owners and admins manage them, members see them, strangers see nothing', async () => {
    const input = await wish()
    const { id } = expectOk(await createConnection(admin.ctx, input))
    const ref = { team: team.slug, connectionId: id }
    const change = { ...ref, name: 'Mine', settings: input.settings, secrets: null }
    const readOnly = await makeToken(test.db, team, admin, 'read')
    for (const [ctx, code] of [
      [member.ctx, 'forbidden'],
      [readOnly.ctx, 'forbidden'],
      [stranger.ctx, 'not_found'],
    ] as const) {
      expect(codeOf(await createConnection(ctx, input))).toBe(code)
      expect(codeOf(await updateConnection(ctx, change))).toBe(code)
      expect(codeOf(await testConnection(ctx, ref))).toBe(code)
      expect(codeOf(await removeConnection(ctx, ref))).toBe(code)
    }
    expect(codeOf(await listConnections(stranger.ctx, { team: team.slug }))).toBe('not_found')
    const own = { ...ref, team: (await makeTeam(test.db)).slug }
    expect(codeOf(await removeConnection(admin.ctx, own))).toBe('not_found')
  })
})

describe('a connection that changes', () => {
  it('is renamed without a test, and tested again with a new token', async () => {
    const input = await wish('read')
    const { id } = expectOk(await createConnection(admin.ctx, input))
    const ref = { team: team.slug, connectionId: id }
    const versionOf = async () =>
      (await test.db.select().from(connections).where(eq(connections.id, id)))[0]?.version
    const renamed = expectOk(
      await updateConnection(admin.ctx, { ...ref, name: 'Renamed', settings: input.settings, secrets: null }),
    )
    expect([renamed.name, await versionOf()]).toEqual(['Renamed', 1])
    const secrets = { token: await elsewhere.token('write') }
    const better = expectOk(
      await updateConnection(admin.ctx, { ...ref, name: 'Renamed', settings: input.settings, secrets }),
    )
    expect([allowedOf(better.permissions).write, await versionOf()]).toEqual(['yes', 2])
    const worse = { ...ref, name: 'Renamed', settings: input.settings, secrets: { token: 'slip_no_good' } }
    expect(codeOf(await updateConnection(admin.ctx, worse))).toBe('provider_refused')
    expect(expectOk(await testConnection(admin.ctx, ref)).problem).toBeNull()
  })

  it('keeps the reason when the test cannot be made any more', async () => {
    const { id } = expectOk(await createConnection(admin.ctx, await wish()))
    await test.db
      .update(connections)
      .set({ settings: settingsOf({ baseUrl: 'http://127.0.0.1:1' }) })
      .where(eq(connections.id, id))
    const tested = expectOk(await testConnection(admin.ctx, { team: team.slug, connectionId: id }))
    expect(tested).toMatchObject({ permissions: [], problem: expect.stringContaining('cannot be reached') })
  })

  it('is neither moved nor deleted while an endpoint uses it', async () => {
    const input = await wish()
    const { id } = expectOk(await createConnection(admin.ctx, input))
    const ref = { team: team.slug, connectionId: id }
    const [endpoint] = await test.db
      .insert(endpoints)
      .values({ teamId: team.id, name: 'user', provider: 'huggingface', connectionId: id })
      .returning()
    const refused = await removeConnection(admin.ctx, ref)
    expect(refused).toMatchObject({ error: { code: 'conflict', message: expect.stringContaining('user') } })
    const moved = settingsOf({ namespace: 'other' })
    const update = { ...ref, name: 'Moved', settings: moved, secrets: null }
    expect(codeOf(await updateConnection(admin.ctx, update))).toBe('conflict')
    await test.db
      .update(endpoints)
      .set({ removedAt: new Date() })
      .where(eq(endpoints.id, endpoint?.id ?? ''))
    expect(codeOf(await removeConnection(admin.ctx, ref))).toBe('ok')
    expect(await test.db.$count(connections, eq(connections.id, id))).toBe(0)
  })
})
