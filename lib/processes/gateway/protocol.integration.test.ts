import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePerson, makeTeam, makeToken } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { EchoReplica } from '@/lib/testing/echo-replica'
import { GatewayProcess } from '@/lib/testing/gateway'
import { insertServingEndpoint, type TestEndpoint } from '@/lib/testing/serving-endpoint'

const MAX_BODY = 300_000

const database = testDatabase()
let gateway: GatewayProcess
let replica: EchoReplica
let token: string
let endpoint: TestEndpoint

beforeAll(async () => {
  const { db } = database
  replica = await new EchoReplica().start()
  const team = await makeTeam(db)
  token = (await makeToken(db, team, await makePerson(db, team), 'infer')).text
  endpoint = await insertServingEndpoint(db, team, { replicas: [replica.address] })
  gateway = await new GatewayProcess(database.url, { SLIPWAY_MAX_BODY_BYTES: String(MAX_BODY) }).start()
})
afterAll(async () => {
  await gateway?.dispose()
  await replica?.stop()
})

describe('what is not plain HTTP/1.1', () => {
  const authorized = (lines: string, body = '') =>
    gateway.raw(
      `POST ${endpoint.path}/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n${lines}\r\n\r\n${body}`,
    )

  it.each([
    ['length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked', '0\r\n\r\n'],
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6', 'hello'],
    ['chunks that are not last', 'Transfer-Encoding: chunked, identity', '0\r\n\r\n'],
    ['a negative length', 'Content-Length: -1', ''],
    ['a space before the colon', 'Content-Length : 5', 'hello'],
    ['a folded header', 'X-A: 1\r\n 2', ''],
  ])('with %s is refused before any replica sees it', async (_, lines, body) => {
    const seen = replica.received.length
    const answer = await authorized(lines, body)
    expect(answer).toMatch(/^HTTP\/1\.1 (400|501)/)
    expect(answer).toMatch(/X-Request-Id: \S+/i)
    expect(answer).toContain('{"error":')
    expect(replica.received.length).toBe(seen)
  })

  it('with headers without end is 431', async () => {
    expect(await authorized(`X-Large: ${'x'.repeat(40_000)}`)).toMatch(/^HTTP\/1\.1 431/)
  })

  it('asking for a WebSocket is 501', async () => {
    const answer = await authorized('Upgrade: websocket\r\nContent-Length: 0')
    expect(answer).toMatch(/^HTTP\/1\.1 501/)
    expect(answer).toContain('WebSockets')
  })

  it('but pipelined is answered in order, and forgotten with its connection', async () => {
    const one = (n: number) =>
      `GET ${endpoint.path}/echo/${n} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n${n === 2 ? 'Connection: close\r\n' : ''}\r\n`
    const answer = await gateway.raw(one(1) + one(2))
    expect(answer.indexOf('/echo/1')).toBeGreaterThan(0)
    expect(answer.indexOf('/echo/2')).toBeGreaterThan(answer.indexOf('/echo/1'))
  })

  it('waits for the go-ahead where it asks for one, and is not asked for a body that is refused', async () => {
    const head = (length: number) =>
      `POST ${endpoint.path}/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`
    const accepted = await gateway.raw(`${head(2)}hi`)
    expect(accepted).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/)
    expect(await gateway.raw(head(MAX_BODY + 1))).toMatch(/^HTTP\/1\.1 413/)
  })
})
