import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { toBatch } from '@/lib/domain/logs/batch'
import type { LogLine } from '@/lib/domain/logs/line'
import type { AppError } from '@/lib/domain/result'
import { LogSession } from './log-session'

/** The portal's part, played by hand: requests as they come, and streams that the test writes to. */
type Opened = { url: URL; write: (text: string) => void; end: () => void; signal: AbortSignal | undefined }
let opened: Opened[] = []
/** Answers these paths instead. */
let refused: Record<string, AppError> = {}
let session: LogSession

beforeEach(() => {
  opened = []
  refused = {}
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const refusal = refused[new URL(input, 'http://portal').pathname]
    if (refusal) return Response.json({ error: refusal }, { status: 503 })
    const encoder = new TextEncoder()
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>({
      start: made => {
        controller = made
      },
    })
    const signal = init?.signal ?? undefined
    signal?.addEventListener('abort', () => {
      try {
        controller?.error(new DOMException('left', 'AbortError'))
      } catch {
        // It had ended before.
      }
    })
    opened.push({
      url: new URL(input, 'http://portal'),
      write: text => controller?.enqueue(encoder.encode(text)),
      end: () => controller?.close(),
      signal,
    })
    return new Response(body)
  })
  session = new LogSession({
    search: params => `/search?${new URLSearchParams(clean(params))}`,
    stream: params => `/stream?${new URLSearchParams(clean(params))}`,
    untilMs: undefined,
  })
})
afterEach(() => {
  session.close()
  vi.unstubAllGlobals()
})

/** A busy machine may take its time. */
const waitFor = <T>(check: () => T) => vi.waitFor(check, { timeout: 10_000 })

const clean = (params: Record<string, string | undefined>) =>
  Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))

const line = (seq: number): LogLine => ({
  seq,
  timeMs: seq,
  stream: 'stdout',
  level: null,
  requestId: null,
  replicaId: 'a',
  revision: 1,
  text: `line ${seq}`,
})
const batch = (first: number, last: number, order: 'asc' | 'desc' = 'asc') => {
  const lines = Array.from({ length: last - first + 1 }, (_, index) => line(first + index))
  return JSON.stringify(toBatch(order === 'asc' ? lines : lines.reverse(), { first, last }))
}
const done = (matches: number, atSeq: number) =>
  `${JSON.stringify({ type: 'progress', atSeq, atMs: null, matches, done: true })}\n`

const seqs = () => session.getSnapshot().window.lines.map(one => one.seq)
const kind = () => session.getSnapshot().connection.kind
const requestOf = async (path: string, nth = 0): Promise<Opened> =>
  waitFor(() => {
    const request = opened.filter(one => one.url.pathname === path)[nth]
    if (!request) throw new Error(`no request ${nth} for ${path}`)
    return request
  })

async function openAtEnd(): Promise<Opened> {
  void session.open({ newest: 5, around: null, atMs: null })
  const search = await requestOf('/search')
  expect(search.url.searchParams.get('before')).toBe('6')
  search.write(`${batch(1, 5, 'desc')}\n${done(5, 1)}`)
  search.end()
  const stream = await requestOf('/stream')
  expect(stream.url.searchParams.get('after')).toBe('5')
  await waitFor(() => expect(seqs()).toEqual([1, 2, 3, 4, 5]))
  return stream
}

test('opens at the end, reads back and goes on live', async () => {
  const stream = await openAtEnd()
  stream.write(`: still here\n\nid: 7\ndata: ${batch(6, 7)}\n\n`)
  await waitFor(() => expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7]))
  expect(kind()).toBe('live')
  expect(session.getSnapshot().older.isExhausted).toBe(true)
})

test('paused, new lines are counted and held; resumed, they are all there', async () => {
  const stream = await openAtEnd()
  await waitFor(() => expect(kind()).toBe('live'))
  session.pause()
  stream.write(`id: 8\ndata: ${batch(6, 8)}\n\n`)
  await waitFor(() => expect(session.getSnapshot().newLines.count).toBe(3))
  expect(kind()).toBe('paused')
  expect(seqs()).toEqual([1, 2, 3, 4, 5])
  expect(session.resume()).toBe(true)
  await waitFor(() => expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]))
  expect(kind()).toBe('live')
})

test('cut off, it says so and comes back behind the last line it has', async () => {
  const stream = await openAtEnd()
  stream.write(`id: 6\ndata: ${batch(6, 6)}\n\n`)
  await waitFor(() => expect(seqs()).toContain(6))
  stream.end()
  await waitFor(() => expect(kind()).toBe('reconnecting'))
  const again = await requestOf('/stream', 1)
  expect(again.url.searchParams.get('after')).toBe('6')
  again.write(`id: 8\ndata: ${batch(5, 8)}\n\n`)
  await waitFor(() => expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]))
  expect(kind()).toBe('live')
})

test('a hidden tab holds no stream', async () => {
  const stream = await openAtEnd()
  session.setHidden(true)
  expect(stream.signal?.aborted).toBe(true)
  session.setHidden(false)
  expect((await requestOf('/stream', 1)).url.searchParams.get('after')).toBe('5')
})

test('opened around a line it reads both ways, and goes over to following at the end', async () => {
  void session.open({ newest: 900, around: 400, atMs: null })
  const older = await requestOf('/search')
  const newer = await requestOf('/search', 1)
  expect(older.url.searchParams.get('before')).toBe('400')
  expect(newer.url.searchParams.get('after')).toBe('399')
  older.write(`${batch(398, 399, 'desc')}\n${done(1_000, 398)}`)
  older.end()
  newer.write(`${batch(400, 401)}\n${done(1_000, 401)}`)
  newer.end()
  await waitFor(() => expect(seqs()).toEqual([398, 399, 400, 401]))
  expect(kind()).toBe('history')
  void session.readNewer()
  const rest = await requestOf('/search', 2)
  rest.write(`${batch(402, 403)}\n${done(2, 403)}`)
  rest.end()
  expect((await requestOf('/stream')).url.searchParams.get('after')).toBe('403')
  await waitFor(() => expect(kind()).toBe('paused'))
})

test('lines that are no longer kept leave a marker where they were', async () => {
  const stream = await openAtEnd()
  stream.write('id: 50\ndata: {"type":"gap","first":6,"last":50}\n\n')
  await waitFor(() =>
    expect(session.getSnapshot().window.lines.at(-1)).toMatchObject({ seq: 50, dropped: 45 }),
  )
})

test('the end of the log is the end of the stream', async () => {
  const stream = await openAtEnd()
  stream.write('data: {"type":"end"}\n\n')
  await waitFor(() => expect(kind()).toBe('ended'))
})

test('opened at a time it finds the first line of it and reads around that', async () => {
  void session.open({ newest: 900, around: null, atMs: 1234 })
  const finding = await requestOf('/search')
  expect(Object.fromEntries(finding.url.searchParams)).toMatchObject({
    since: '1234',
    order: 'asc',
    limit: '1',
  })
  finding.write(`${batch(300, 300)}\n${done(1, 300)}`)
  finding.end()
  expect((await requestOf('/search', 1)).url.searchParams.get('before')).toBe('300')
  expect((await requestOf('/search', 2)).url.searchParams.get('after')).toBe('299')
  await waitFor(() => expect(session.getSnapshot().startSeq).toBe(300))
  expect(kind()).toBe('history')
})

test('a time range that has passed is read and not followed', async () => {
  session = new LogSession({
    search: params => `/search?${new URLSearchParams(clean(params))}`,
    stream: params => `/stream?${new URLSearchParams(clean(params))}`,
    untilMs: Date.now() - 1,
  })
  void session.open({ newest: 5, around: null, atMs: null })
  const search = await requestOf('/search')
  search.write(`${batch(1, 5, 'desc')}\n${done(5, 1)}`)
  search.end()
  await waitFor(() => expect(seqs()).toHaveLength(5))
  expect(kind()).toBe('ended')
  expect(opened.some(one => one.url.pathname === '/stream')).toBe(false)
})

test('a side that could not be read says why, keeps what is there, and is read on when told to', async () => {
  void session.open({ newest: 900, around: 400, atMs: null })
  const older = await requestOf('/search')
  const newer = await requestOf('/search', 1)
  older.write(`${batch(398, 399, 'desc')}\n${done(1_000, 398)}`)
  newer.write(`${batch(400, 401)}\n${done(1_000, 401)}`)
  older.end()
  newer.end()
  await waitFor(() => expect(session.getSnapshot().isOpening).toBe(false))

  refused = { '/search': { code: 'unavailable', message: 'The controller does not answer.' } }
  void session.readOlder()
  await waitFor(() => expect(session.getSnapshot().older.error).toEqual(refused['/search']))
  expect(session.getSnapshot().older).toMatchObject({ isReading: false, isExhausted: false })
  expect(session.getSnapshot().newer.error).toBeNull()
  expect(seqs()).toEqual([398, 399, 400, 401])

  refused = {}
  session.retry()
  const again = await requestOf('/search', 2)
  expect(again.url.searchParams.get('before')).toBe('398')
  again.write(`${batch(396, 397, 'desc')}\n${done(1_000, 396)}`)
  again.end()
  await waitFor(() => expect(seqs()).toEqual([396, 397, 398, 399, 400, 401]))
  await waitFor(() => expect(session.getSnapshot().older.error).toBeNull())
  // The side that had not failed is left alone.
  expect(opened).toHaveLength(3)
})

test('what failed is not asked for again at every scroll, but after a while, or when told to', async () => {
  await openAtEnd()
  session.close()
  refused = { '/search': { code: 'unavailable', message: 'The controller does not answer.' } }
  const clock = vi.spyOn(Date, 'now')
  const startMs = performance.timeOrigin
  clock.mockReturnValue(startMs)
  void session.open({ newest: 400, around: null, atMs: null })
  await waitFor(() => expect(session.getSnapshot().older.error).not.toBeNull())
  refused = {}
  const asked = () => opened.filter(one => one.url.pathname === '/search').length
  const before = asked()
  void session.readOlder()
  void session.readOlder()
  expect(asked()).toBe(before)
  clock.mockReturnValue(startMs + 2_000)
  void session.readOlder()
  expect(asked()).toBe(before + 1)
  clock.mockRestore()
})

test.each([
  [{ code: 'unavailable', message: 'The controller does not answer.' } as const, 'unavailable'],
  [null, 'not_found'],
])('a time that cannot be opened is said, and the end is shown instead', async (refusal, code) => {
  if (refusal) refused = { '/search': refusal }
  void session.open({ newest: 5, around: null, atMs: 1_000 })
  if (!refusal) {
    const search = await requestOf('/search')
    expect(search.url.searchParams.get('since')).toBe('1000')
    search.write(done(0, 5))
    search.end()
  }
  await waitFor(() => expect(session.getSnapshot().startError).toMatchObject({ code }))
  expect((await requestOf('/stream')).url.searchParams.get('after')).toBe('5')
})
