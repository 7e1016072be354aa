import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Result } from '@/lib/domain/result'
import { closeDatabase, database } from '@/lib/server/db/client'
import { auditLog } from '@/lib/server/db/schema/audit-log'
import { cookieSecret, sessionCookieName } from '@/lib/server/http/session-cookie'
import { createEndpoint } from '@/lib/server/services/endpoints/create-endpoint'
import { makePerson, makeTeam, makeToken } from '@/lib/testing/access'
import { insertConnection } from '@/lib/testing/connection'
import { testDataDir } from '@/lib/testing/data-dir'
import { testDatabase } from '@/lib/testing/database'
import { ACTION_DOORS, type ActionDoor, NOWHERE } from '@/lib/testing/doors'
import { codeOf, expectOk, sampleSpec } from '@/lib/testing/specs'

/** The headers of the request being made. Next's own can only be had inside its server; the browser tests do that. */
let incoming = new Headers()
vi.mock('next/headers', () => ({
  headers: async () => incoming,
  cookies: async () => ({
    get: (name: string) => {
      const value = incoming.get('cookie')?.split(`${name}=`)[1]
      return value === undefined ? undefined : { name, value }
    },
  }),
}))

type Action = (input: unknown) => Promise<Result<unknown>>
const modules = import.meta.glob<Record<string, Action>>('../lib/actions/*.ts')

const ORIGIN = 'http://localhost:3000'
testDataDir()
const test = testDatabase()
type Caller = { cookie: string }
let callers: Record<'owner' | 'viewer' | 'stranger', Caller>
let inputOf: Parameters<ActionDoor['input']>[0]

beforeAll(async () => {
  process.env.DATABASE_URL = test.url
  const { db } = test
  const team = await makeTeam(db)
  const owner = await makePerson(db, team, 'owner')
  const viewer = await makePerson(db, team, 'viewer')
  const stranger = await makePerson(db, await makeTeam(db), 'owner')
  const input = { team: team.slug, name: 'demo', spec: sampleSpec(), secrets: {}, sentType: null }
  expectOk(await createEndpoint(owner.ctx, input))
  const { tokenId } = await makeToken(db, team, owner, 'infer')
  const cookieOf = async ({ sessionId }: { sessionId: string }) => ({
    cookie: `${sessionCookieName()}=${await encode({ token: { sid: sessionId }, secret: cookieSecret() })}`,
  })
  callers = {
    owner: await cookieOf(owner),
    viewer: await cookieOf(viewer),
    stranger: await cookieOf(stranger),
  }
  const connectionId = await insertConnection(db, team, NOWHERE)
  inputOf = { team: team.slug, endpoint: 'demo', tokenId, connectionId, sessionId: owner.sessionId }
})

afterAll(() => closeDatabase(database()))

async function ask(door: ActionDoor, headers: Record<string, string>): Promise<Result<unknown>> {
  const action = (await modules[`../lib/actions/${door.file}.ts`]?.())?.[door.name]
  if (!action) throw new Error(`lib/actions/${door.file}.ts has no ${door.name}`)
  incoming = new Headers({ host: 'localhost:3000', origin: ORIGIN, ...headers })
  if (headers.origin === '') incoming.delete('origin')
  return action(door.input(inputOf))
}

const audits = () => test.db.$count(auditLog)
const named = (doors: readonly ActionDoor[]) => doors.map(door => [door.name, door] as const)
const ofTeam = ACTION_DOORS.filter(door => door.asks !== 'person')

describe('the list of server actions', () => {
  it('is complete: every export of every "use server" file is on it', async () => {
    const found: string[] = []
    for (const [path, load] of Object.entries(modules)) {
      const file = path.replace('../lib/actions/', '').replace('.ts', '')
      if (file !== 'action') found.push(...Object.keys(await load()).map(name => `${file}.${name}`))
    }
    expect(found.sort()).toEqual(ACTION_DOORS.map(door => `${door.file}.${door.name}`).sort())
  })
})

describe('an action', () => {
  it.each(named(ACTION_DOORS))('%s asks for a session; a token is none', async (_, door) => {
    const before = await audits()
    expect(codeOf(await ask(door, {}))).toBe('unauthenticated')
    expect(codeOf(await ask(door, { authorization: 'Bearer slip_x' }))).toBe('unauthenticated')
    expect(codeOf(await ask(door, { cookie: `${sessionCookieName()}=forged` }))).toBe('unauthenticated')
    expect(await audits()).toBe(before)
  })

  it.each(named(ACTION_DOORS))('%s refuses a missing and a foreign Origin', async (_, door) => {
    const before = await audits()
    for (const origin of ['', 'null', 'https://evil.example'])
      expect(codeOf(await ask(door, { ...callers.owner, origin }))).toBe('forbidden')
    expect(await audits()).toBe(before)
  })

  it.each(named(ofTeam))('%s does not exist for another team', async (_, door) => {
    const before = await audits()
    expect(codeOf(await ask(door, callers.stranger))).toBe('not_found')
    expect(await audits()).toBe(before)
  })

  it.each(named(ofTeam))('%s is not for viewers', async (_, door) => {
    const before = await audits()
    expect(codeOf(await ask(door, callers.viewer))).toBe('forbidden')
    expect(await audits()).toBe(before)
  })

  it('names what is wrong with its input, and carries the request id', async () => {
    const door: ActionDoor = {
      file: 'endpoints',
      name: 'createEndpoint',
      asks: 'write',
      input: ({ team }) => ({ team, name: 'No Good Name', spec: sampleSpec() }),
    }
    expect(await ask(door, { ...callers.owner, 'x-request-id': 'request-one' })).toMatchObject({
      error: { code: 'invalid', fields: { name: expect.any(String) }, requestId: 'request-one' },
    })
  })

  it('lets whoever may do it do it; signing out everywhere ends this session too', async () => {
    const answers: Record<string, string> = {}
    for (const door of ACTION_DOORS) {
      // The session that asks is the one to be ended; it must live until its turn.
      if (door.name !== 'revokeSession') answers[door.name] = codeOf(await ask(door, callers.owner))
    }
    const { changePassword, createConnection: connect, pushSpace, ...rest } = answers
    const { scaleEndpointToZero: toZero, keepTheirs: keep, restoreOurs: restore, ...notDrift } = rest
    const { adoptEndpoint: adopt, manageEndpoint: manage, releaseEndpoint: release, ...others } = notDrift
    // Their input was looked at: the address, or that nothing was confirmed, is refused, not the person.
    expect([changePassword, connect, pushSpace]).toEqual(['invalid', 'invalid', 'invalid'])
    // This machine has no scale to zero.
    expect(toZero).toBe('invalid_state')
    // Nothing of this endpoint was changed outside.
    expect([keep, restore]).toEqual(['invalid_state', 'invalid_state'])
    // Its account cannot be reached, and this one was not adopted.
    expect([adopt, manage, release]).toEqual(['provider_unavailable', 'invalid_state', 'invalid_state'])
    expect(new Set(Object.values(others))).toEqual(new Set(['ok']))
    for (const door of ACTION_DOORS) expect(codeOf(await ask(door, callers.owner))).toBe('unauthenticated')
  })
})
