import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Task } from '@/lib/domain/endpoint/task'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { insertConnection } from '@/lib/testing/connection'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { type FakeHub, startFakeHub } from '@/lib/testing/fake-hub'
import { codeOf, expectOk } from '@/lib/testing/specs'
import { tryModel } from './try-model'

// Hub and Inference Providers are a stand-in: they cannot be reached from where these tests run.
testDataDir()
const test = testDatabase()
let hub: FakeHub
let team: TestTeam
let member: Awaited<ReturnType<typeof makePerson>>
let connectionId: string

beforeAll(async () => {
  hub = await startFakeHub([
    { id: 'acme/classifier', servedBy: { 'hf-inference': 'text-classification' } },
    { id: 'acme/chatty', servedBy: { together: 'conversational' } },
    { id: 'acme/elsewhere', servedBy: { 'fal-ai': 'text-to-image' } },
    { id: 'acme/nobody' },
  ])
  process.env.HF_ENDPOINT = hub.url
  process.env.SLIPWAY_HF_ROUTER_URL = hub.url
  team = await makeTeam(test.db)
  member = await makePerson(test.db, team, 'member')
  const settings = { kind: 'huggingface', namespace: 'acme', baseUrl: null } as const
  connectionId = await insertConnection(test.db, team, settings, 'hf_of_the_team')
})
afterAll(() => hub?.close())

const ask = (repository: string, task: Task, body: unknown, ctx = member.ctx, id = connectionId) =>
  tryModel(
    ctx,
    { team: team.slug, repository, task, connectionId: id },
    {
      contentType: 'application/json',
      body: new TextEncoder().encode(JSON.stringify(body)).buffer,
      signal: new AbortController().signal,
    },
  )
const classify = (ctx = member.ctx) => ask('acme/classifier', 'text-classification', { inputs: 'good' }, ctx)

describe('a hosted model', () => {
  it('answers in the toolkit’s format, on the connection’s token', async () => {
    const answer = expectOk(await classify())
    expect(await answer.json()).toEqual([{ label: 'hosted: good', score: 0.75 }])
    expect(hub.hubRequests.at(-1)).toMatchObject({
      path: '/hf-inference/models/acme/classifier',
      token: 'hf_of_the_team',
    })
  })

  it('chats by whoever serves it, streaming', async () => {
    const messages = [{ role: 'user', content: 'hello' }]
    const answer = expectOk(await ask('acme/chatty', 'text-generation', { model: 'acme/chatty', messages }))
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    expect(await answer.text()).toContain('acme/chatty heard ')
  })

  it.each([
    ['acme/nobody', /No provider serves acme\/nobody now/],
    ['acme/elsewhere', /served by fal-ai only/],
  ])('that is not served is said to be: %s', async (repository, message) => {
    expect(await ask(repository, 'image-classification', {})).toMatchObject({
      error: { code: 'invalid_state', message: expect.stringMatching(message) },
    })
  })

  it.each([
    [401, 'provider_refused', /Replace it under Connections/],
    [402, 'provider_refused', /credits .* are used up/],
    [403, 'provider_refused', /Add inference\.serverless\.write/],
    [429, 'rate_limited', /Try again in a minute/],
    [503, 'provider_unavailable', /being loaded/],
  ])('that is refused with %i says what to do', async (status, code, message) => {
    hub.faults.answer(status, { path: '/hf-inference' })
    expect(await classify()).toMatchObject({ error: { code, message: expect.stringMatching(message) } })
  })

  it('is asked only by those who may deploy, and only of Hugging Face itself', async () => {
    const viewer = await makePerson(test.db, team, 'viewer')
    const stranger = await makePerson(test.db, await makeTeam(test.db), 'owner')
    const reader = await makeToken(test.db, team, member, 'read')
    expect(codeOf(await classify(viewer.ctx))).toBe('forbidden')
    expect(codeOf(await classify(reader.ctx))).toBe('forbidden')
    expect(codeOf(await classify(stranger.ctx))).toBe('not_found')
    const settings = {
      kind: 'huggingface',
      namespace: 'a',
      baseUrl: 'https://elsewhere.example.com',
    } as const
    const other = await insertConnection(test.db, team, settings)
    const refused = await ask('acme/classifier', 'text-classification', {}, member.ctx, other)
    expect(codeOf(refused)).toBe('invalid')
  })
})
