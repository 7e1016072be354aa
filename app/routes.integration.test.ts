import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, database } from '@/lib/server/db/client'
import { auditLog } from '@/lib/server/db/schema/audit-log'
import { cookieSecret, sessionCookieName } from '@/lib/server/http/session-cookie'
import { createEndpoint } from '@/lib/server/services/endpoints/create-endpoint'
import { makePerson, makeTeam, makeToken, type TestTeam } from '@/lib/testing/access'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { ROUTE_DOORS, type RouteDoor } from '@/lib/testing/doors'
import { expectOk, sampleSpec } from '@/lib/testing/specs'

type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response>
const modules = import.meta.glob<Record<string, Handler>>('./**/route.ts')
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

const PORTAL = 'http://localhost:3000'
const OWN = { origin: PORTAL, host: 'localhost:3000' }
testDataDir()
const test = testDatabase()
let team: TestTeam
let bearer: Record<'read' | 'write' | 'stranger', { authorization: string }>
let cookie: Record<'owner' | 'viewer' | 'stranger', { cookie: string }>

beforeAll(async () => {
  process.env.DATABASE_URL = test.url
  // Nothing listens there: looking something up on the Hub fails, it does not leave this machine.
  process.env.HF_ENDPOINT = 'http://127.0.0.1:9'
  const { db } = test
  team = await makeTeam(db)
  const elsewhere = await makeTeam(db)
  const owner = await makePerson(db, team, 'owner')
  const viewer = await makePerson(db, team, 'viewer')
  const stranger = await makePerson(db, elsewhere, 'owner')
  const input = { team: team.slug, name: 'demo', spec: sampleSpec(), secrets: {}, sentType: null }
  expectOk(await createEndpoint(owner.ctx, input))
  const bearerOf = async (made: ReturnType<typeof makeToken>) => ({
    authorization: `Bearer ${(await made).text}`,
  })
  const cookieOf = async ({ sessionId }: { sessionId: string }) => ({
    cookie: `${sessionCookieName()}=${await encode({ token: { sid: sessionId }, secret: cookieSecret() })}`,
  })
  bearer = {
    read: await bearerOf(makeToken(db, team, owner, 'read')),
    write: await bearerOf(makeToken(db, team, owner, 'write')),
    stranger: await bearerOf(makeToken(db, elsewhere, stranger, 'write')),
  }
  cookie = {
    owner: await cookieOf(owner),
    viewer: await cookieOf(viewer),
    stranger: await cookieOf(stranger),
  }
})

afterAll(() => closeDatabase(database()))

const fileOf = (route: string) => `.${route}/route.ts`

const CONNECTION = { connectionId: '00000000-0000-4000-8000-000000000000' }

/** Asks a door with the headers of a caller; only the status counts, a stream is left at once. */
async function ask(door: RouteDoor, headers: Record<string, string>): Promise<number> {
  const params = {
    team: team.slug,
    namespace: team.slug,
    endpoint: 'demo',
    name: 'demo',
    ...CONNECTION,
    nextauth: ['csrf'],
  }
  const handler = (await modules[fileOf(door.route)]?.())?.[door.method]
  if (!handler) throw new Error(`${door.route} has no ${door.method}`)
  const leaving = new AbortController()
  const request = new Request(`${PORTAL}${door.route.replaceAll(/[[\].]/g, '')}${door.query ?? ''}`, {
    method: door.method,
    headers,
    signal: leaving.signal,
    ...(door.body === undefined ? {} : { body: JSON.stringify(door.body) }),
  })
  const response = await handler(request, { params: Promise.resolve(params) })
  leaving.abort()
  await response.body?.cancel().catch(() => {})
  return response.status
}

const audits = () => test.db.$count(auditLog)
const named = (doors: readonly RouteDoor[]) =>
  doors.map(door => [`${door.method} ${door.route}`, door] as const)
const closed = ROUTE_DOORS.filter(door => door.asks !== 'nobody')
const ofTeam = closed.filter(door => ['read', 'write', 'team-person'].includes(door.asks))
const writing = closed.filter(door => door.asks === 'write')
const reading = closed.filter(door => door.asks === 'read' || door.asks === 'anybody')

describe('the list of API routes', () => {
  it('is complete: every method of every route file is on it', async () => {
    const found = await Promise.all(
      Object.entries(modules).map(async ([file, load]) => {
        const exported = Object.keys(await load()).filter(name => METHODS.includes(name))
        return exported.map(method => `${method} ${file}`)
      }),
    )
    const listed = ROUTE_DOORS.map(door => `${door.method} ${fileOf(door.route)}`)
    expect(found.flat().sort()).toEqual(listed.toSorted())
  })
})

describe('without a session or token', () => {
  it.each(named(closed))('%s answers 401', async (_, door) => {
    const before = await audits()
    expect(await ask(door, OWN)).toBe(401)
    expect(await ask(door, { ...OWN, authorization: 'Bearer slip_unknown' })).toBe(401)
    expect(await ask(door, { ...OWN, cookie: `${sessionCookieName()}=forged` })).toBe(401)
    expect(await audits()).toBe(before)
  })
})

describe('to another team', () => {
  it.each(named(ofTeam))('%s does not exist', async (_, door) => {
    const before = await audits()
    expect(await ask(door, bearer.stranger)).toBe(404)
    expect(await ask(door, { ...OWN, ...cookie.stranger })).toBe(404)
    expect(await audits()).toBe(before)
  })
})

describe('a token that only reads', () => {
  it.each(named(writing))('%s refuses with 403', async (_, door) => {
    const before = await audits()
    expect(await ask(door, bearer.read)).toBe(403)
    expect(await ask(door, { ...OWN, ...cookie.viewer })).toBe(403)
    expect(await audits()).toBe(before)
  })

  it.each(named(reading))('%s lets in', async (_, door) => {
    expect([401, 403, 404]).not.toContain(await ask(door, bearer.read))
  })

  it.each(named(closed.filter(door => door.asks.endsWith('person'))))('%s is for people', async (_, door) => {
    expect(await ask(door, bearer.write)).toBe(403)
    expect(await ask(door, cookie.owner)).toBe(200)
  })
})

describe('a cookie with a missing or foreign Origin', () => {
  it.each(named(writing.filter(door => door.method !== 'GET')))('%s refuses with 403', async (_, door) => {
    const before = await audits()
    const { host } = OWN
    expect(await ask(door, { ...cookie.owner, host })).toBe(403)
    expect(await ask(door, { ...cookie.owner, host, origin: 'https://evil.example' })).toBe(403)
    expect(await ask(door, { ...cookie.owner, host, origin: 'null' })).toBe(403)
    expect(await audits()).toBe(before)
  })

  it('does not sign in', async () => {
    const door = ROUTE_DOORS.find(({ route, method }) => route.startsWith('/api/auth') && method === 'POST')
    if (!door) throw new Error('not listed')
    expect(await ask(door, {})).toBe(403)
    expect(await ask(door, { origin: 'https://evil.example' })).toBe(403)
  })
})

describe('whoever may write', () => {
  it('gets through every one of these doors: the refusals above were about rights', async () => {
    const answers: Record<string, number> = {}
    for (const [name, door] of named(writing)) answers[name] = await ask(door, bearer.write)
    expect(answers).toEqual({
      'GET /api/teams/[team]/hub/folders': 503,
      // Told that no gateway could be asked.
      'GET /api/teams/[team]/reach': 200,
      // Of the connection, which does not exist.
      'GET /api/teams/[team]/connections/[connectionId]/endpoints': 404,
      'POST /api/teams/[team]/hub/try': 404,
      // Nothing of it was changed outside.
      'POST /api/teams/[team]/endpoints/[endpoint]/drift': 400,
      'POST /v2/endpoint/[namespace]': 200,
      'PUT /v2/endpoint/[namespace]/[name]': 200,
      'POST /v2/endpoint/[namespace]/[name]/pause': 200,
      'POST /v2/endpoint/[namespace]/[name]/resume': 200,
      'POST /v2/endpoint/[namespace]/[name]/scale-to-zero': 400,
      'DELETE /v2/endpoint/[namespace]/[name]': 204,
    })
  })
})
