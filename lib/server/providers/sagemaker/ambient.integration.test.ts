import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { PATIENCE } from '@/lib/testing/wished-endpoint'
import { AwsClients } from './clients'
import { signedHeaders } from './sign'

// The machine's identity is a stand-in that speaks the route that AWS has for the roles of containers; the vendor's
// own chain finds it and asks it. On the same address an AWS that notes whose calls it gets.
const CREDENTIALS = '/credentials'
const LIFE_MS = 3_600_000
const MINUTE_MS = 60_000
process.env.SLIPWAY_AMBIENT_AWS_TEAMS = 'house'
for (const name of [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
])
  delete process.env[name]
process.env.AWS_CONFIG_FILE = '/nonexistent/config'
process.env.AWS_SHARED_CREDENTIALS_FILE = '/nonexistent/credentials'

let server: Server
let url: string
let given = 0
const callers: string[] = []

const keyOf = (authorization = '') => /Credential=(\w+)\//.exec(authorization)?.[1] ?? ''

/** Each time another, as roles have them. */
function give() {
  given += 1
  const Expiration = new Date(Date.now() + LIFE_MS).toISOString()
  return { AccessKeyId: `ASIA${given}`, SecretAccessKey: 'secret', Token: `session-${given}`, Expiration }
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const isAsked = request.url === CREDENTIALS
    if (!isAsked) callers.push(keyOf(request.headers.authorization))
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(isAsked ? give() : { Endpoints: [] }))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `${url}${CREDENTIALS}`
})
afterEach(() => {
  vi.useRealTimers()
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise(done => server.close(done))
})

test('credentials of the machine are replaced five minutes before they end, for the gateway and for the provider', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const account = { region: 'us-east-1', keys: { ambientFor: 'house' } }
  const unsigned = { method: 'POST', url: 'https://aws.test/', headers: {}, body: Buffer.from('{}') }
  const signer = async () => {
    const headers = await signedHeaders(account, unsigned)
    return [keyOf(headers.authorization), headers['x-amz-security-token']]
  }
  const more = { roleArn: 'any', baseUrl: url, portalId: 'portal', allowedHosts: ['127.0.0.1'] }
  const client = await new AwsClients({ ...account, ...more }).sagemaker()
  const caller = async () => {
    await client.listEndpoints({})
    return callers.at(-1)
  }
  const first = await signer()
  expect([first, await caller()]).toEqual([[expect.stringMatching(/^ASIA/), expect.any(String)], first[0]])
  const before = given
  vi.setSystemTime(Date.now() + LIFE_MS - 6 * MINUTE_MS)
  expect([await signer(), await caller(), given]).toEqual([first, first[0], before])

  // They hold for four minutes more: who calls just now does not wait for the new ones.
  vi.setSystemTime(Date.now() + 2 * MINUTE_MS)
  await expect.poll(signer, PATIENCE).not.toEqual(first)
  await expect.poll(caller, PATIENCE).toBe((await signer())[0])
})
