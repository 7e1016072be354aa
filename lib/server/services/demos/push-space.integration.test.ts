import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tokens } from '@/lib/server/db/schema/tokens'
import { hashToken } from '@/lib/server/secrets/token-hash'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { insertConnection } from '@/lib/testing/connection'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { type FakeHub, startFakeHub } from '@/lib/testing/fake-hub'
import { insertServingEndpoint, type TestEndpoint } from '@/lib/testing/serving-endpoint'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { listTokens } from '../access/list-tokens'
import { pushSpace } from './push-space'

// The Hub is a stand-in: it cannot be reached from where these tests run.
testDataDir()
process.env.SLIPWAY_ALLOWED_PRIVATE_HOSTS = '127.0.0.1'
const test = testDatabase()
let hub: FakeHub
let team: TestTeam
let member: Awaited<ReturnType<typeof makePerson>>
let connectionId: string
let endpoint: TestEndpoint

beforeAll(async () => {
  hub = await startFakeHub()
  process.env.HF_ENDPOINT = hub.url
  team = await makeTeam(test.db)
  member = await makePerson(test.db, team, 'member')
  const settings = { kind: 'huggingface', namespace: 'acme', baseUrl: null } as const
  connectionId = await insertConnection(test.db, team, settings)
})
afterAll(() => hub?.close())
beforeEach(async () => {
  hub.spaces.repositories.clear()
  hub.spaces.writer = null
  endpoint = await insertServingEndpoint(test.db, team)
})

const wish = (changes: object = {}) => ({
  team: team.slug,
  endpoint: endpoint.name,
  connectionId,
  kind: 'gradio' as const,
  name: 'demo',
  visibility: 'private' as const,
  confirm: 'acme/demo',
  ...changes,
})
const space = () => hub.spaces.repositories.get('acme/demo')
const living = async () =>
  expectOk(await listTokens(member.ctx, { team: team.slug })).items.filter(
    token => token.endpoint?.id === endpoint.id,
  )

describe('a demo pushed as a Space', () => {
  it('is private, has the files, and a token of its own as secret that stands under Tokens', async () => {
    expect(expectOk(await pushSpace(member.ctx, wish()))).toEqual({
      repository: 'acme/demo',
      url: `${hub.url}/spaces/acme/demo`,
      visibility: 'private',
      tokenName: 'Space acme/demo',
      isNew: true,
    })
    expect(space()).toMatchObject({ isPrivate: true, sdk: 'gradio' })
    expect(Object.keys(space()?.files ?? {})).toEqual(['app.py', 'requirements.txt', 'README.md'])
    const text = space()?.secrets.SLIPWAY_TOKEN ?? ''
    const [row] = await test.db
      .select()
      .from(tokens)
      .where(eq(tokens.hash, hashToken(text)))
    expect(row).toMatchObject({ scope: 'infer', endpointId: endpoint.id, purpose: 'space' })
    expect(JSON.stringify(space()?.files)).not.toContain(text)
    expect(await living()).toMatchObject([{ name: 'Space acme/demo', isOfSpace: true }])
  })

  it('pushed again is brought up to date: one token lives, the newest', async () => {
    await pushSpace(member.ctx, wish())
    const before = space()?.secrets.SLIPWAY_TOKEN
    expect(expectOk(await pushSpace(member.ctx, wish()))).toMatchObject({ isNew: false })
    expect(space()?.secrets.SLIPWAY_TOKEN).not.toBe(before)
    expect(await living()).toHaveLength(1)
    const changed = await pushSpace(member.ctx, wish({ visibility: 'public' }))
    expect(changed).toMatchObject({ error: { message: expect.stringMatching(/is private\. Choose that/) } })
  })

  it('of a public endpoint has no secret', async () => {
    endpoint = await insertServingEndpoint(test.db, team, { security: { level: 'public' } })
    expect(expectOk(await pushSpace(member.ctx, wish()))).toMatchObject({ tokenName: null })
    expect(space()?.secrets).toEqual({})
    expect(await living()).toEqual([])
  })

  it('leaves another Space of that name alone', async () => {
    const other = { isPrivate: true, sdk: 'gradio', variables: {}, files: { 'app.py': 'mine' }, secrets: {} }
    hub.spaces.repositories.set('acme/demo', other)
    expect(await pushSpace(member.ctx, wish())).toMatchObject({
      error: { code: 'provider_refused', message: expect.stringContaining('choose another name') },
    })
    expect(space()).toEqual({ ...other, files: { 'app.py': 'mine' } })
    expect(await living()).toEqual([])
  })
})

describe('what goes wrong', () => {
  it.each([
    ['commit/main', 'without all its files'],
    ['secrets', 'secret SLIPWAY_TOKEN is not set'],
  ])('half-way, at %s, is said; pushing again goes on and leaves no token behind', async (step, said) => {
    hub.faults.answer(500, { path: step, count: 4 })
    expect(await pushSpace(member.ctx, wish())).toMatchObject({
      error: { code: 'provider_unavailable', message: expect.stringContaining(said) },
    })
    expect(await living()).toEqual([])
    expect(expectOk(await pushSpace(member.ctx, wish()))).toMatchObject({ isNew: false })
    expect(space()?.files['app.py']).toContain('gradio')
    expect(await living()).toHaveLength(1)
  })

  it('is a token that may not write: the scope is named', async () => {
    hub.spaces.writer = 'hf_another'
    expect(await pushSpace(member.ctx, wish())).toMatchObject({
      error: { code: 'provider_refused', message: expect.stringContaining('repo.write') },
    })
  })

  it('is a Hub that is down', async () => {
    hub.faults.answer(503, { path: '/api/repos/create', count: 4 })
    expect(await pushSpace(member.ctx, wish())).toMatchObject({
      error: { code: 'provider_unavailable', message: expect.stringContaining('answered 503') },
    })
    expect(space()).toBeUndefined()
  })

  it('is nobody’s to push who may not make the token, or has not confirmed', async () => {
    const viewer = await makePerson(test.db, team, 'viewer')
    const stranger = await makePerson(test.db, await makeTeam(test.db), 'owner')
    const byToken = await makeToken(test.db, team, member, 'write')
    expect(codeOf(await pushSpace(viewer.ctx, wish()))).toBe('forbidden')
    expect(codeOf(await pushSpace(stranger.ctx, wish()))).toBe('not_found')
    expect(codeOf(await pushSpace(byToken.ctx, wish()))).toBe('forbidden')
    expect(codeOf(await pushSpace(member.ctx, wish({ confirm: 'acme/other' })))).toBe('invalid')
    expect(space()).toBeUndefined()
  })
})
