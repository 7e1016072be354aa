import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { filterParams } from '@/lib/domain/logs/filter'
import { requestLines } from '@/lib/domain/logs/request-lines'
import { logPage } from '@/lib/domain/logs/view'
import type { LogCollection } from '@/lib/processes/controller/logs/start-log-collection'
import { requestRecords } from '@/lib/server/db/schema/request-records'
import type { RouteHandler } from '@/lib/server/http/route'
import { testDatabase } from '@/lib/testing/database'
import { makeLogFolders, makeLoggedEndpoint, startTestCollection, writeOutput } from '@/lib/testing/log-place'

const database = testDatabase()
let place: ReturnType<typeof makeLogFolders>
let collection: LogCollection
let world: Awaited<ReturnType<typeof makeLoggedEndpoint>>
let door: RouteHandler
let pageDoor: RouteHandler

const nowMs = Date.now()
const HOUR_MS = 3_600_000
const stamped = (msAgo: number, text: string) => `${new Date(nowMs - msAgo).toISOString()}  INFO app: ${text}`

beforeAll(async () => {
  place = makeLogFolders(database.url)
  world = await makeLoggedEndpoint(database.db)
  collection = await startTestCollection(database.db, place)
  door = (await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/request/route')).GET
  pageDoor = (await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/route')).GET
  const [first = '', second = ''] = world.ids
  writeOutput(place.outputDir, first, [
    stamped(300_000, 'long before'),
    stamped(100_000, 'silent one begins'),
    stamped(99_000, 'silent one works'),
    stamped(50_000, 'request_id=named-0001 begins'),
    stamped(49_000, 'step of job <unlabelled-0001>'),
  ])
  // Lines are kept in the order they arrive in, and two replicas are read side by side.
  await keptUpTo(5)
  writeOutput(place.outputDir, second, [
    stamped(99_500, 'of the other replica at that time'),
    stamped(48_000, 'request_id=named-0001 ends'),
  ])
  await keptUpTo(7)
})
afterAll(async () => {
  await collection?.stop()
  place?.remove()
})

function call(route: RouteHandler, query: string): Promise<Response> {
  const { team, endpoint, token } = world.address
  const request = new Request(`http://localhost:3000/logs?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return route(request, { params: Promise.resolve({ team, endpoint }) })
}

const keptUpTo = (seq: number) =>
  vi.waitFor(async () => expect((await page()).kept?.last).toBe(seq), { timeout: 30_000, interval: 100 })
const page = async (query = '') => logPage.parse(await (await call(pageDoor, query)).json())
const linesOf = async (id: string, more = '') =>
  requestLines.parse(await (await call(door, `id=${encodeURIComponent(id)}${more}`)).json())
const textsOf = (read: { lines: { text: string }[] }) => read.lines.map(line => line.text.split(' app: ')[1])

const record = (requestId: string, msAgo: number, totalMs: number, replicaId: string | null) =>
  database.db.insert(requestRecords).values({
    endpointId: world.endpointId,
    at: new Date(nowMs - msAgo),
    requestId,
    method: 'POST',
    path: '/',
    status: replicaId ? 200 : 503,
    revision: 1,
    replicaId,
    bytesIn: 1,
    bytesOut: 1,
    waitUs: 0,
    ttfbUs: null,
    totalUs: totalMs * 1000,
    weight: 1,
    reason: 'all',
  })

test('lines that carry the id, on whichever replica, with the record they lead back to', async () => {
  await record('named-0001', 50_500, 3_000, world.ids[0] ?? null)
  const read = await linesOf('named-0001')
  expect(read).toMatchObject({ found: 'id', isPart: false })
  expect(textsOf(read)).toEqual(['request_id=named-0001 begins', 'request_id=named-0001 ends'])
  expect(new Set(read.lines.map(line => line.replicaId)).size).toBe(2)
  expect(read.record).toMatchObject({ requestId: 'named-0001', replicaName: 'r1-1', totalMs: 3_000 })
})

test('an id in no form we know is found in the text', async () => {
  const read = await linesOf('unlabelled-0001')
  expect(read).toMatchObject({ found: 'id', record: null })
  expect(textsOf(read)).toEqual(['step of job <unlabelled-0001>'])
})

test('where no line carries it: what its replica wrote while it ran, and it is said', async () => {
  await record('silent-0001', 100_200, 1_500, world.ids[0] ?? null)
  const read = await linesOf('silent-0001')
  expect(read.found).toBe('time')
  expect(textsOf(read)).toEqual(['silent one begins', 'silent one works'])
  // The same lines again from the log page, under the filter that was named.
  const again = await page(new URLSearchParams(filterParams(read.filter ?? never())).toString())
  expect(again.lines.map(line => line.seq)).toEqual(read.lines.map(line => line.seq))
  expect(await linesOf('silent-0001', '&limit=1')).toMatchObject({ isPart: true, lines: [{}] })
})

test('a request no replica had, one nobody recorded, and one of long ago have no lines', async () => {
  await record('refused-0001', 99_000, 5, null)
  await record('ancient-0001', 30 * HOUR_MS, 5, world.ids[0] ?? null)
  for (const id of ['refused-0001', 'ancient-0001', randomUUID()])
    expect(await linesOf(id)).toMatchObject({ found: 'none', filter: null, lines: [] })
  expect((await linesOf('ancient-0001')).record?.requestId).toBe('ancient-0001')
  expect((await call(door, 'id=')).status).toBe(400)
})

function never(): never {
  throw new Error('a filter was expected')
}
