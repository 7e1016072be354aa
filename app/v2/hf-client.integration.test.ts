import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, database } from '@/lib/server/db/client'
import { makePerson, makeTeam, makeToken } from '@/lib/testing/access'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { installHfClient, runJourney } from '@/lib/testing/hf-client/install'
import { hasPython } from '@/lib/testing/pinned-python'
import { type RouteModules, serveRoutes } from '@/lib/testing/serve-routes'

const files = import.meta.glob<Awaited<ReturnType<RouteModules[string]>>>([
  '../v2/endpoint/**/route.ts',
  '../v2/provider/**/route.ts',
  '../api/whoami-v2/route.ts',
])
const modules: RouteModules = Object.fromEntries(
  Object.entries(files).map(([file, load]) => [
    file
      .replace(/^\.\.\//, '/')
      .replace(/^\.\//, '/v2/')
      .replace('/route.ts', ''),
    load,
  ]),
)

testDataDir()
const test = testDatabase()

// Without Python this is left out, and `npm test` says so in red.
describe.skipIf(!hasPython())('Hugging Face’s own Python client', () => {
  let server: Awaited<ReturnType<typeof serveRoutes>>
  let seen: Record<string, unknown>
  let team: string

  beforeAll(async () => {
    process.env.DATABASE_URL = test.url
    const python = await installHfClient()
    const { slug, id } = await makeTeam(test.db)
    team = slug
    const owner = await makePerson(test.db, { slug, id })
    const { text } = await makeToken(test.db, { slug, id }, owner, 'write')
    server = await serveRoutes(modules)
    seen = (await runJourney(python, server.url, text)) as Record<string, unknown>
  })

  afterAll(async () => {
    await server?.close()
    await closeDatabase(database())
  })

  it('is the pinned one, and finds its namespace and the hardware', () => {
    expect(seen).toMatchObject({ version: '2.0.0', whoami: team })
    expect(seen.hardware).toContain('local-this-machine-cpu-x1')
  })

  it('creates, reads and lists endpoints', () => {
    expect(seen).toMatchObject({
      created: {
        status: 'pending',
        url: expect.stringMatching(new RegExp(`/${team}/from-python$`)),
        raw: {
          type: 'authenticated',
          model: { repository: 'slipway/sample-sentiment', task: 'text-classification' },
          tags: ['from-python'],
          status: { accessLevel: 'protected', createdBy: { name: 'The owner' } },
        },
      },
      created_at: expect.stringMatching(/\+00:00$/),
      listed: ['from-python'],
      everywhere: ['from-python'],
    })
    expect(JSON.stringify(seen)).not.toContain('a secret value')
  })

  it('updates one part and keeps the others', () => {
    expect(seen).toMatchObject({
      scaled: { minReplica: 2, maxReplica: 2 },
      env: { LOG_LEVEL: 'info' },
      secrets: { API_KEY: null },
      revision: 3,
    })
  })

  it('understands every refusal: kind, status, sentence, request id', () => {
    const bad = { kind: 'BadRequestError', status: 400, requestId: true }
    expect(seen).toMatchObject({
      already_running: { ...bad, message: expect.stringContaining('already running') },
      scale_to_zero: { ...bad, message: expect.stringContaining('cannot scale to zero') },
      no_such_hardware: { ...bad, message: expect.stringContaining('local-this-machine-cpu-x4096') },
      no_such_image: { ...bad, message: expect.stringContaining('model.image.vLLM: missing field url') },
      duplicate: { status: 409, requestId: true },
      unknown: { status: 404, requestId: true },
      bad_token: { status: 401, requestId: true },
    })
  })
})
