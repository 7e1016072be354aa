import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicas } from '@/lib/server/db/schema/replicas'
import { tokens } from '@/lib/server/db/schema/tokens'
import type { RouteHandler } from '@/lib/server/http/route'
import { testDatabase } from '@/lib/testing/database'
import { makeLogFolders, makeLoggedEndpoint } from '@/lib/testing/log-place'
import { LogReader } from '@/lib/testing/log-reader'
import { serveLogs } from '@/lib/testing/serve-logs'
import { RECHECK_MS } from './follow-logs'

const database = testDatabase()
const PATIENCE = { timeout: 20_000, interval: 20 }
let place: ReturnType<typeof makeLogFolders>
let world: Awaited<ReturnType<typeof makeLoggedEndpoint>>
let served: Awaited<ReturnType<typeof serveLogs>>
let route: RouteHandler
let leaving: AbortController

beforeEach(async () => {
  place = makeLogFolders(database.url)
  world = await makeLoggedEndpoint(database.db, 1)
  served = await serveLogs(database.db, place.dataDir, world.endpointId)
  route = (await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/stream/route')).GET
  leaving = new AbortController()
})
afterEach(async () => {
  leaving.abort()
  vi.useRealTimers()
  await served.stop()
  place.remove()
})

/** Opens a stream and waits until it follows. */
async function follow(): Promise<{ reader: LogReader; reading: Promise<void> }> {
  const reader = new LogReader(route, world.address)
  const before = served.log.readers
  const reading = reader.read(leaving.signal)
  await expect.poll(() => served.log.readers, PATIENCE).toBeGreaterThan(before)
  return { reader, reading }
}

const later = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
const textsOf = (reader: LogReader) => reader.lines.map(line => line.text)

test('a reader whose token is revoked is sent away at the next look, 30 s after the last', async () => {
  const { reader, reading } = await follow()
  await served.write(['before'])
  await expect.poll(() => textsOf(reader), PATIENCE).toEqual(['before'])
  await database.db.update(tokens).set({ revokedAt: new Date() }).where(eq(tokens.teamId, world.team.id))
  await served.write(['within the 30 s'])
  await expect.poll(() => reader.lines.length, PATIENCE).toBe(2)
  later(RECHECK_MS + 1_000)
  await served.write(['finds out'])
  await reading
  // The store hears of it a moment later than the reader.
  await expect.poll(() => served.log.readers, PATIENCE).toBe(0)
  await served.write(['nobody is given this'])
  expect(textsOf(reader)).not.toContain('nobody is given this')
  // And is refused at the door when it comes back.
  await reader.read(leaving.signal)
  expect(reader.statuses).toEqual([200, 401])
})

test('the stream of a deleted endpoint ends when its last line has been sent, and says so', async () => {
  const { reader, reading } = await follow()
  await database.db.update(endpoints).set({ removedAt: new Date() }).where(eq(endpoints.id, world.endpointId))
  later(RECHECK_MS + 1_000)
  await served.write(['still collected'])
  await expect.poll(() => textsOf(reader), PATIENCE).toEqual(['still collected'])
  // Once the next line is here, the look that came with this one is over.
  await served.write(['last words'])
  await expect.poll(() => reader.lines.length, PATIENCE).toBe(2)
  expect(reader.ends).toBe(0)
  await database.db.update(replicas).set({ logsEndedAt: new Date() })
  // At the latest with the next heartbeat.
  later(RECHECK_MS + 1_000)
  await reading
  expect(textsOf(reader)).toEqual(['still collected', 'last words'])
  expect(reader.ends).toBe(1)
  // Whoever opens it from now on is told at once, whether there is something left to read or not.
  const late = new LogReader(route, { ...world.address, endpoint: world.endpointId })
  await late.read(leaving.signal)
  expect(textsOf(late)).toEqual(['still collected', 'last words'])
  await late.read(leaving.signal)
  expect(late.statuses).toEqual([200, 200])
  expect(late.ends).toBe(2)
})

test('a slow reader of an endpoint that is deleted meanwhile still gets all of it before the end', async () => {
  const { team, endpoint, token } = world.address
  const headers = { authorization: `Bearer ${token}` }
  const request = new Request('http://localhost/logs/stream', { headers, signal: leaving.signal })
  const response = await route(request, { params: Promise.resolve({ team, endpoint }) })
  const body = response.body?.getReader()
  await body?.read()
  await expect.poll(() => served.log.readers, PATIENCE).toBe(1)
  const texts = Array.from({ length: 2_000 }, (_, index) => `${index + 1} ${'x'.repeat(1_000)}`)
  for (let from = 0; from < texts.length; from += 100) await served.write(texts.slice(from, from + 100))
  await database.db.update(replicas).set({ logsEndedAt: new Date() })
  await database.db.update(endpoints).set({ removedAt: new Date() }).where(eq(endpoints.id, world.endpointId))
  later(RECHECK_MS + 1_000)
  const reader = new LogReader(route, world.address)
  await (body && reader.readFrom(body, leaving.signal))
  expect(textsOf(reader)).toEqual(texts)
  expect(reader.ends).toBe(1)
})

test('a quiet stream shows every 15 s that it stands', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const { reader } = await follow()
  // One at once: the reader knows that it is connected before there is anything to read.
  await expect.poll(() => reader.heartbeats, PATIENCE).toBe(1)
  vi.advanceTimersByTime(14_000)
  expect(reader.heartbeats).toBe(1)
  vi.advanceTimersByTime(1_100)
  await expect.poll(() => reader.heartbeats, PATIENCE).toBe(2)
  vi.advanceTimersByTime(15_000)
  await expect.poll(() => reader.heartbeats, PATIENCE).toBe(3)
})

test('200 readers at once each get every line, and leave nothing behind', async () => {
  const READERS = 200
  const followed = await Promise.all(Array.from({ length: READERS }, follow))
  await expect.poll(() => served.log.readers, PATIENCE).toBe(READERS)
  const texts = Array.from({ length: 500 }, (_, index) => `line ${index + 1}`)
  for (let from = 0; from < texts.length; from += 50) await served.write(texts.slice(from, from + 50))
  await expect
    .poll(() => followed.filter(({ reader }) => reader.lines.length === texts.length).length, PATIENCE)
    .toBe(READERS)
  for (const { reader } of followed) expect(textsOf(reader)).toEqual(texts)
  leaving.abort()
  await Promise.all(followed.map(({ reading }) => reading))
  await expect.poll(() => served.log.readers, PATIENCE).toBe(0)
})

/** What is really held, not what waits to be collected. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
  const { heapUsed, arrayBuffers, external } = process.memoryUsage()
  return heapUsed + Math.max(arrayBuffers, external)
}

test('for a reader that does not read nothing is held, and it finds all of it when it reads on', async () => {
  const { team, endpoint, token } = world.address
  const request = new Request(`http://localhost/logs/stream`, {
    headers: { authorization: `Bearer ${token}`, 'last-event-id': '0' },
    signal: leaving.signal,
  })
  const response = await route(request, { params: Promise.resolve({ team, endpoint }) })
  const body = response.body?.getReader()
  await body?.read()
  const before = heldBytes()
  const BATCH = 500
  const line = 'x'.repeat(2_000)
  const COUNT = 40_000
  for (let from = 0; from < COUNT; from += BATCH)
    await served.write(Array.from({ length: BATCH }, (_, index) => `${from + index + 1} ${line}`))
  const writtenBytes = COUNT * line.length
  // A buffer without bound would hold all of it.
  expect((heldBytes() - before) / writtenBytes).toBeLessThan(0.5)

  const reader = new LogReader(route, world.address)
  const reading = body && reader.readFrom(body, leaving.signal)
  await expect.poll(() => reader.lines.length, { timeout: 60_000, interval: 50 }).toBe(COUNT)
  expect(reader.lines.map(({ seq, text }) => [seq, Number.parseInt(text, 10)])).toEqual(
    Array.from({ length: COUNT }, (_, index) => [index + 1, index + 1]),
  )
  leaving.abort()
  await reading
}, 120_000)
