import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { linesOf } from '@/lib/domain/logs/batch'
import type { HfLogEntry } from '@/lib/domain/logs/hf-compat'
import { isBatch, parseMessage } from '@/lib/domain/logs/message'
import { logDensity, logPage } from '@/lib/domain/logs/view'
import type { LogCollection } from '@/lib/processes/controller/logs/start-log-collection'
import type { RouteHandler } from '@/lib/server/http/route'
import { makePerson, makeTeam, makeToken } from '@/lib/testing/access'
import { testDatabase } from '@/lib/testing/database'
import { makeLogFolders, makeLoggedEndpoint, startTestCollection, writeOutput } from '@/lib/testing/log-place'
import { LogReader } from '@/lib/testing/log-reader'

const database = testDatabase()
let place: ReturnType<typeof makeLogFolders>
let collection: LogCollection
let world: Awaited<ReturnType<typeof makeLoggedEndpoint>>
let doors: Record<'page' | 'density' | 'search' | 'stream' | 'download' | 'text' | 'sse' | 'v3', RouteHandler>

const TEXTS = [
  ...Array.from({ length: 30 }, (_, index) => `INFO:     line ${index + 1} of many`),
  'ERROR:root:request id=abcd-1234 failed',
  'Traceback (most recent call last):',
  '  File "a.py", line 1',
  'ValueError: \u001b[31mno\u001b[0m',
]

beforeAll(async () => {
  place = makeLogFolders(database.url)
  world = await makeLoggedEndpoint(database.db)
  collection = await startTestCollection(database.db, place)
  doors = {
    page: (await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/route')).GET,
    density: (await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/density/route')).GET,
    search: (await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/search/route')).GET,
    stream: (await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/stream/route')).GET,
    download: (await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/download/route')).GET,
    text: (await import('@/app/v2/endpoint/[namespace]/[name]/logs/route')).GET,
    sse: (await import('@/app/v2/endpoint/[namespace]/[name]/logs/sse/route')).GET,
    v3: (await import('@/app/v3/endpoint/[namespace]/[name]/logs/route')).GET,
  }
  const [first = '', second = ''] = world.ids
  const keptUpTo = (seq: number) =>
    vi.waitFor(async () => expect((await pageOf()).kept?.last).toBe(seq), { timeout: 30_000, interval: 100 })
  // Lines are kept in the order they arrive in, and two replicas are read side by side.
  writeOutput(place.outputDir, first, TEXTS)
  await keptUpTo(TEXTS.length)
  writeOutput(place.outputDir, second, ['WARNING:root:of the other replica'])
  await keptUpTo(TEXTS.length + 1)
})
afterAll(async () => {
  await collection?.stop()
  place?.remove()
})

type Call = { query?: string; token?: string | null; team?: string; endpoint?: string; signal?: AbortSignal }

function call(door: keyof typeof doors, { query = '', signal, ...as }: Call = {}): Promise<Response> {
  const { team, endpoint, token } = { ...world.address, ...as }
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
  const request = new Request(`http://localhost:3000/logs?${query}`, {
    headers,
    ...(signal ? { signal } : {}),
  })
  const params = { team, endpoint, namespace: team, name: endpoint }
  return doors[door](request, { params: Promise.resolve(params) })
}

const pageOf = async (query = '') => logPage.parse(await (await call('page', { query })).json())

describe('the page of lines', () => {
  test('the newest, older ones, newer ones, and around a line', async () => {
    const newest = await pageOf('limit=10')
    expect(newest.lines.map(line => line.seq)).toEqual(Array.from({ length: 10 }, (_, index) => 26 + index))
    expect(newest).toMatchObject({ range: { first: 26, last: 35 }, kept: { first: 1, last: 35 } })
    expect(newest.replicas.map(replica => replica.name).sort()).toEqual(['r1-1', 'r1-2'])
    expect((await pageOf('limit=5&before=26')).lines.map(line => line.seq)).toEqual([21, 22, 23, 24, 25])
    expect((await pageOf('limit=5&after=30')).lines.map(line => line.seq)).toEqual([31, 32, 33, 34, 35])
    expect((await pageOf('limit=6&around=12')).lines.map(line => line.seq)).toEqual([9, 10, 11, 12, 13, 14])
  })

  test('a stack trace has the level and request of the line it belongs to', async () => {
    const { lines } = await pageOf('request=abcd-1234')
    expect(lines.map(line => line.text)).toEqual(TEXTS.slice(30))
    expect(lines.every(line => line.level === 'error')).toBe(true)
    expect(lines.slice(1).every(line => line.continues)).toBe(true)
  })

  test('bad input is refused with a sentence', async () => {
    for (const query of ['limit=0', 'level=loud', 'regex=1&q=(', 'before=x']) {
      const response = await call('page', { query })
      expect(response.status).toBe(400)
      expect(((await response.json()) as { error: { message: string } }).error.message).not.toBe('')
    }
  })
})

test('lines over time count every line by its level, of the asked range alone', async () => {
  const densityOf = async (query: string) => logDensity.parse(await (await call('density', { query })).json())
  const { buckets, bucketMs } = await densityOf(`since=${Date.now() - 60 * 60_000}`)
  const sum = (code: number) => buckets.reduce((total, { counts }) => total + (counts[code] ?? 0), 0)
  // None, trace, debug, info, warning, error, critical.
  expect([0, 1, 2, 3, 4, 5, 6].map(sum)).toEqual([0, 0, 0, 30, 1, 4, 0])
  expect(bucketMs).toBe(60_000)
  expect((await densityOf('until=1000')).buckets).toEqual([])
})

test('a search streams what it finds, newest first, and says when all is read', async () => {
  const text = await (await call('search', { query: 'q=line+1&limit=100' })).text()
  const messages = text.split('\n').filter(Boolean).map(parseMessage)
  const lines = messages.filter(isBatch).flatMap(linesOf)
  expect(lines.map(line => line.text)).toEqual(TEXTS.filter(one => one.includes('line 1')).reverse())
  expect(messages.at(-1)).toMatchObject({ type: 'progress', done: true, matches: lines.length, atSeq: 1 })
})

test('a download holds everything, filtered or not, packed or not', async () => {
  const plain = await call('download')
  expect(plain.headers.get('content-disposition')).toMatch(/^attachment; filename="tested-.*\.log"$/)
  const lines = (await plain.text()).trimEnd().split('\n')
  expect(lines).toHaveLength(35)
  expect(lines.join()).not.toContain('\u001b')
  const packed = await call('download', { query: 'format=json&gzip=1&q=other' })
  const unpacked = gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()
  expect(JSON.parse(unpacked)).toMatchObject({
    replica: 'r1-2',
    level: 'warning',
    text: 'WARNING:root:of the other replica',
  })
})

describe('in Hugging Face’s formats', () => {
  test('text, with tail, replica and a longest line', async () => {
    const text = await (await call('text', { query: 'tail=2&replica=r1-1&line_max_length=10' })).text()
    expect(text).toMatch(/^\d{4}-.*Z {3}File "a\.\n\d{4}-.*Z ValueError\n$/)
    expect((await (await call('text')).text()).trimEnd().split('\n')).toHaveLength(35)
    expect((await call('text', { query: 'replica=nobody' })).status).toBe(404)
  })

  test('pages in both orders lead from one to the next until nothing is left', async () => {
    for (const order of ['asc', 'desc']) {
      const seen: string[] = []
      let query: string | undefined = `limit=10&order=${order}`
      for (let pages = 0; query !== undefined && pages < 10; pages += 1) {
        const response: Response = await call('v3', { query })
        seen.push(...((await response.json()) as HfLogEntry[]).map(entry => entry.line))
        query = /[?](.*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
      }
      expect(seen).toHaveLength(35)
      expect(new Set(seen).size).toBe(35)
    }
    expect((await call('v3', { query: 'limit=5001' })).status).toBe(400)
  })

  test('one event per line, with the number to resume behind', async () => {
    const leaving = new AbortController()
    const response = await call('sse', { query: 'tail=1', signal: leaving.signal })
    const reader = response.body?.getReader()
    const first = new TextDecoder().decode((await reader?.read())?.value)
    expect(first).toMatch(/^id: 35\ndata: \{"timestamp":".*"replica_id":".*"level":"(warning|error)"\}\n\n$/)
    leaving.abort()
    await reader?.cancel()
  })
})

describe('who may read', () => {
  test.each(['page', 'density', 'search', 'stream', 'download', 'text', 'sse', 'v3'] as const)(
    '%s refuses before it answers',
    async door => {
      const otherTeam = await makeTeam(database.db)
      const stranger = await makePerson(database.db, otherTeam)
      const foreign = await makeToken(database.db, otherTeam, stranger, 'write')
      const infer = await makeToken(database.db, world.team, world.person, 'infer')
      const statusOf = async (as: Call) => {
        const response = await call(door, as)
        await response.body?.cancel()
        return response.status
      }
      expect(await statusOf({ token: null })).toBe(401)
      expect(await statusOf({ token: 'slip_nonsense' })).toBe(401)
      expect(await statusOf({ token: foreign.text })).toBe(404)
      expect(await statusOf({ endpoint: 'nothing-here' })).toBe(404)
      expect(await statusOf({ token: infer.text })).toBe(403)
    },
  )
})

test('what is written while somebody follows arrives, and leaving ends it', async () => {
  const reader = new LogReader(doors.stream, world.address, 35)
  const leaving = new AbortController()
  const reading = reader.read(leaving.signal)
  writeOutput(place.outputDir, world.ids[0] ?? '', ['INFO:     just now'])
  await expect
    .poll(() => reader.lines.map(line => line.text), { timeout: 5_000 })
    .toEqual(['INFO:     just now'])
  leaving.abort()
  await reading
})
