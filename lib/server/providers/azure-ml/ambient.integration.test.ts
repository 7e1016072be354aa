import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startAzurePlace } from '@/lib/testing/azure/place'
import { createAzureProvider } from './provider'

// The machine's identity is a stand-in that speaks the route Azure's App Service has for managed identities;
// Microsoft's own chain finds it and asks it. Azure itself is the stand-in of all tests.
const HEADER = 'a-header-of-the-tests'
const LIFE_SECONDS = 86_400
const MINUTE_MS = 60_000
process.env.SLIPWAY_AMBIENT_AZURE_TEAMS = 'house'
let place: Awaited<ReturnType<typeof startAzurePlace>>
let identity: Server
let asked: string[] = []

beforeAll(async () => {
  place = await startAzurePlace()
  identity = createServer((request, response) => {
    const resource = new URL(request.url ?? '/', 'http://identity').searchParams.get('resource') ?? ''
    asked.push(resource)
    const isAllowed = request.headers['x-identity-header'] === HEADER
    const body = {
      access_token: place.edge.managementToken(),
      expires_on: String(Math.floor(Date.now() / 1000) + LIFE_SECONDS),
      resource,
      token_type: 'Bearer',
    }
    response.writeHead(isAllowed ? 200 : 401, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isAllowed ? body : { error: 'unauthorized' }))
  })
  await new Promise<void>(done => identity.listen(0, '127.0.0.1', done))
  process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${(identity.address() as AddressInfo).port}/msi/token`
  process.env.IDENTITY_HEADER = HEADER
})
beforeEach(() => {
  asked = []
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(async () => {
  identity.closeAllConnections()
  await new Promise(done => identity.close(done))
  await place.edge.stop()
})

const as = (team: string) =>
  createAzureProvider(
    { ...place.account, secret: { ambientFor: team } },
    { logPollMs: 50, retryMs: 5, timeoutMs: 10_000 },
  )

test('the identity of the machine manages endpoints for a team that an administrator named', async () => {
  const { instanceTypes, builtin } = await as('house').catalog()
  expect(builtin).toBeUndefined()
  expect(instanceTypes.length).toBeGreaterThan(0)
  expect(asked).toEqual(['https://management.azure.com'])
})

test('a token of the machine is replaced before it ends, without a refusal', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const house = as('house')
  await house.endpointIds?.()
  asked = []
  await house.endpointIds?.()
  expect(asked).toEqual([])
  vi.setSystemTime(Date.now() + LIFE_SECONDS * 1_000 - 4 * MINUTE_MS)
  await house.endpointIds?.()
  expect(asked).toEqual(['https://management.azure.com'])
})

test('another team is refused before anybody is asked', async () => {
  await expect(as('other').endpointIds?.()).rejects.toMatchObject({
    code: 'credentials',
    message: expect.stringContaining('SLIPWAY_AMBIENT_AZURE_TEAMS'),
  })
  expect(asked).toEqual([])
})
