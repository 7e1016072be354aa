import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { LogCollection } from '@/lib/processes/controller/logs/start-log-collection'
import type { RouteHandler } from '@/lib/server/http/route'
import { EndpointLog } from '@/lib/server/log-store/endpoint-log'
import { testDatabase } from '@/lib/testing/database'
import { numbered, REPLICA_A } from '@/lib/testing/log-lines'
import { makeLogFolders, makeLoggedEndpoint, startTestCollection } from '@/lib/testing/log-place'

const database = testDatabase()
const LAST = 2_000
let place: ReturnType<typeof makeLogFolders>
let collection: LogCollection
let world: Awaited<ReturnType<typeof makeLoggedEndpoint>>
let text: RouteHandler
let sse: RouteHandler
let page: RouteHandler
/** How many of the oldest lines retention has removed. */
let expired: number

beforeAll(async () => {
  place = makeLogFolders(database.url)
  world = await makeLoggedEndpoint(database.db)
  expired = await writeAndExpire(join(place.dataDir, 'logs', world.endpointId))
  collection = await startTestCollection(database.db, place)
  text = (await import('@/app/v2/endpoint/[namespace]/[name]/logs/route')).GET
  sse = (await import('@/app/v2/endpoint/[namespace]/[name]/logs/sse/route')).GET
  page = (await import('@/app/v3/endpoint/[namespace]/[name]/logs/route')).GET
  const served = async () => expect((await call(text, { query: 'tail=1' })).status).toBe(200)
  await vi.waitFor(served, { timeout: 30_000, interval: 100 })
})
afterAll(async () => {
  await collection?.stop()
  place?.remove()
})

async function writeAndExpire(folder: string): Promise<number> {
  const log = await EndpointLog.open(folder, {
    retentionMs: Number.POSITIVE_INFINITY,
    retentionBytes: 8_000,
    segmentBytes: 5_000,
    segmentMs: Number.POSITIVE_INFINITY,
  })
  const timeMs = Date.now()
  for (let from = 1; from <= LAST; from += 100) {
    const lines = numbered(100, from).map(line => ({ ...line, timeMs }))
    const since = from === 1 ? null : String(from - 1)
    const run = { replicaId: REPLICA_A, revision: 1, lines }
    await log.append(run, { position: String(from + 99), carry: null }, since)
  }
  await log.expire()
  const { firstSeq } = log
  await log.close()
  return firstSeq - 1
}

type Call = { query?: string; lastEventId?: number; signal?: AbortSignal }

function call(route: RouteHandler, { query = '', lastEventId, signal }: Call): Promise<Response> {
  const headers: Record<string, string> = { authorization: `Bearer ${world.address.token}` }
  if (lastEventId !== undefined) headers['last-event-id'] = String(lastEventId)
  const request = new Request(`http://localhost:3000/logs?${query}`, {
    headers,
    ...(signal ? { signal } : {}),
  })
  const params = { namespace: world.address.team, name: world.address.endpoint }
  return route(request, { params: Promise.resolve(params) })
}

const notKept = (count: number) => `${count.toLocaleString('en-US')} lines are no longer kept`

test('the whole log as text begins with how many lines are no longer kept', async () => {
  expect(expired).toBeGreaterThan(10)
  const lines = (await (await call(text, {})).text()).trimEnd().split('\n')
  expect(lines).toHaveLength(1 + LAST - expired)
  expect(lines[0]).toMatch(new RegExp(`^\\d{4}-\\S+Z ${notKept(expired)}$`))
  expect(lines[1]).toMatch(new RegExp(` line ${expired + 1}$`))
})

test('more of the newest lines than are kept begin with how many are not', async () => {
  const lines = (await (await call(text, { query: 'tail=100000' })).text()).trimEnd().split('\n')
  expect(lines).toHaveLength(1 + LAST - expired)
  expect(lines[0]).toMatch(new RegExp(` ${notKept(expired)}$`))
  const newest = (await (await call(text, { query: 'tail=3' })).text()).trimEnd().split('\n')
  expect(newest.map(line => line.slice(line.indexOf(' ') + 1))).toEqual(
    [LAST - 2, LAST - 1, LAST].map(number => `line ${number}`),
  )
})

test('a page has an entry where lines are no longer kept, in either order, and not again on the next', async () => {
  const entriesOf = async (query: string) => {
    const response = await call(page, { query })
    const entries = (await response.json()) as { line: string; level: string }[]
    return {
      lines: entries.map(entry => entry.line),
      next: /\?([^>]+)>/.exec(response.headers.get('link') ?? '')?.[1],
    }
  }
  const first = await entriesOf('limit=2')
  expect(first.lines).toEqual([notKept(expired), `line ${expired + 1}`, `line ${expired + 2}`])
  expect((await entriesOf(first.next ?? '')).lines).toEqual([`line ${expired + 3}`, `line ${expired + 4}`])
  const descending = await entriesOf('limit=5000&order=desc')
  expect(descending.lines[0]).toBe(`line ${LAST}`)
  expect(descending.lines.at(-1)).toBe(notKept(expired))
  expect((await entriesOf(`limit=5&since=${new Date().toISOString()}`)).lines).toEqual([])
})

test('resumed behind lines that have expired, the stream says so as one event, to be resumed behind', async () => {
  const leaving = new AbortController()
  const response = await call(sse, { lastEventId: 10, signal: leaving.signal })
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let received = ''
  while (!received.includes(`"line":"line ${expired + 1}"`)) {
    const next = await reader?.read()
    if (!next || next.done) break
    received += decoder.decode(next.value)
  }
  leaving.abort()
  await reader?.cancel()
  const [marker, first] = received.split('\n\n').filter(event => event.startsWith('id: '))
  expect(marker).toContain(`id: ${expired}\n`)
  expect(JSON.parse(marker?.split('data: ')[1] ?? '')).toMatchObject({
    line: notKept(expired - 10),
    level: 'warning',
    replica_id: '',
  })
  expect(first).toContain(`id: ${expired + 1}\n`)
})
