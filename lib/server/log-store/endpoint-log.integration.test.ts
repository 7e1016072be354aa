import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EMPTY_FILTER, type LogFilter } from '@/lib/domain/logs/filter'
import { collect, newLine, numbered, REPLICA_A, REPLICA_B } from '@/lib/testing/log-lines'
import { EndpointLog, type LogLimits, OutOfPlace } from './endpoint-log'
import { LogStore, logLimits } from './log-store'
import type { Run } from './payload'
import { scan } from './scan'

let folder = ''
const logs: EndpointLog[] = []
const LIMITS: LogLimits = {
  retentionMs: Number.POSITIVE_INFINITY,
  retentionBytes: Number.POSITIVE_INFINITY,
  segmentBytes: 1024 ** 2,
  segmentMs: Number.POSITIVE_INFINITY,
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-log-'))
})
afterEach(async () => {
  for (const log of logs.splice(0)) await log.close()
  await rm(folder, { recursive: true, force: true })
})

async function openLog(limits: Partial<LogLimits> = {}, path = folder): Promise<EndpointLog> {
  const log = await EndpointLog.open(path, { ...LIMITS, ...limits })
  logs.push(log)
  return log
}

const read = (log: EndpointLog, more: Partial<Parameters<typeof scan>[1]> = {}) =>
  collect(
    scan(
      log,
      {
        from: 1,
        to: Number.POSITIVE_INFINITY,
        order: 'asc',
        limit: Number.POSITIVE_INFINITY,
        filter: EMPTY_FILTER,
        ...more,
      },
      new AbortController().signal,
    ),
  )
const run = (count: number, from = 1, replicaId = REPLICA_A) => ({
  replicaId,
  revision: 1,
  lines: numbered(count, from),
})
/** Appends behind whatever was appended last, as a collector does. */
const places = new WeakMap<EndpointLog, Map<string, string>>()
function put(log: EndpointLog, lines: Run, position: number): Promise<void> {
  const known = places.get(log) ?? new Map<string, string>()
  places.set(log, known)
  const since = known.get(lines.replicaId) ?? log.states[lines.replicaId]?.position ?? null
  known.set(lines.replicaId, String(position))
  return log.append(lines, at(position), since)
}
const at = (position: number) => ({ position: String(position), carry: null })

test('gives back what was written, numbered from one, in both orders and across segments', async () => {
  const log = await openLog({ segmentBytes: 15_000 })
  for (let from = 1; from <= 2_000; from += 100) await put(log, run(100, from), from)
  const { lines } = await read(log)
  expect(lines.map(line => line.text)).toEqual(numbered(2_000).flatMap(line => line.texts))
  expect(lines.map(line => line.seq)).toEqual(lines.map((_, index) => index + 1))
  expect(log.segments.length).toBeGreaterThan(3)
  const newest = await read(log, { order: 'desc', limit: 250 })
  expect(newest.lines.map(line => line.seq)).toEqual(Array.from({ length: 250 }, (_, index) => 2_000 - index))
  const middle = await read(log, { from: 777, to: 1_203 })
  expect(middle.lines.map(line => line.seq)).toEqual(Array.from({ length: 427 }, (_, index) => 777 + index))
})

test('a log opened again goes on with the next number and knows every position', async () => {
  const first = await openLog({ segmentBytes: 5_000 })
  for (let from = 1; from <= 300; from += 50) await put(first, run(50, from), from + 49)
  await put(first, run(1, 1, REPLICA_B), 7)
  await first.close()
  const log = await openLog({ segmentBytes: 5_000 })
  expect(log.lastSeq).toBe(301)
  expect(log.states).toEqual({ [REPLICA_A]: at(300), [REPLICA_B]: at(7) })
  await put(log, run(1, 301), 301)
  expect((await read(log)).lines.at(-1)).toMatchObject({ seq: 302, text: 'line 301' })
  // Sealed segments have an index beside them.
  expect((await readdir(folder)).filter(name => name.endsWith('.index')).length).toBeGreaterThan(0)
})

test('cut at any byte of its last record, a log opens with everything before it and nothing of it', async () => {
  const log = await openLog()
  await put(log, run(3), 3)
  const [name = ''] = (await readdir(folder)).filter(file => file.endsWith('.open'))
  const before = (await readFile(join(folder, name))).length
  await put(log, { ...run(2, 4), lines: [newLine('caf\u00e9'), newLine('\u001b[31mred')] }, 5)
  await log.close()
  const whole = await readFile(join(folder, name))
  for (let length = before; length < whole.length; length += 1) {
    const copy = `${folder}-copy`
    await rm(copy, { recursive: true, force: true })
    await cp(folder, copy, { recursive: true })
    await truncate(join(copy, name), length)
    const torn = await EndpointLog.open(copy, LIMITS)
    expect(torn.lastSeq).toBe(3)
    expect(torn.states).toEqual({ [REPLICA_A]: at(3) })
    await put(torn, run(1, 4), 4)
    expect((await read(torn)).lines.map(line => line.text)).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
    await torn.close()
  }
  await rm(`${folder}-copy`, { recursive: true, force: true })
})

test('a damaged record in the middle is stepped over and what follows is kept', async () => {
  const log = await openLog()
  for (let from = 1; from <= 3; from += 1) {
    await put(log, run(1, from), from)
  }
  await log.close()
  const [name = ''] = (await readdir(folder)).filter(file => file.endsWith('.open'))
  const bytes = await readFile(join(folder, name))
  bytes[bytes.indexOf('line 2')] = 0x58
  await writeFile(join(folder, name), bytes)
  const damaged = await openLog()
  expect((await read(damaged)).lines.map(line => line.text)).toEqual(['line 1', 'line 3'])
})

test('a crash right after the first line is no restart of the machine: the start is known before', async () => {
  await openLog()
  expect(await readFile(join(folder, 'boot'), 'utf8')).not.toBe('')
})

test('numbers are not given twice when the machine went down with lines only readers had seen', async () => {
  const log = await openLog()
  await put(log, run(5), 5)
  await log.close()
  await writeFile(join(folder, 'boot'), 'another start of the machine')
  const after = await openLog()
  await put(after, run(1, 6), 6)
  const { lines } = await read(after)
  expect(lines).toHaveLength(6)
  expect(lines.at(-1)?.seq).toBeGreaterThan(1_000_000)
  expect(after.states[REPLICA_A]).toEqual(at(6))
})

test('retention removes whole segments, oldest first, and a reader is told what is gone', async () => {
  const log = await openLog({ segmentBytes: 5_000, retentionBytes: 8_000 })
  for (let from = 1; from <= 2_000; from += 100) await put(log, run(100, from), from)
  await log.close()
  const kept = await openLog({ segmentBytes: 5_000, retentionBytes: 8_000 })
  await kept.expire()
  expect(kept.firstSeq).toBeGreaterThan(1)
  const { lines, others } = await read(kept)
  expect(others[0]).toEqual({ type: 'gap', first: 1, last: kept.firstSeq - 1 })
  expect(lines[0]?.seq).toBe(kept.firstSeq)
  expect(lines.at(-1)?.seq).toBe(2_000)
})

test('what is older than its time goes, also of a log nobody writes any more, and then the log itself', async () => {
  const DAY_MS = 86_400_000
  const store = await LogStore.open(folder, logLimits({ days: 30, bytes: 1024 ** 3 }))
  const log = await store?.log(REPLICA_A)
  if (!store || !log) throw new Error('the folder is new')
  await put(log, run(10), 10)
  await log.expire(Date.now() + 29 * DAY_MS)
  expect((await read(log)).lines).toHaveLength(10)
  // A day after its first line the segment was closed, so that it can go while others are written.
  await put(log, run(1, 11), 11)
  await log.expire(Date.now() + 31 * DAY_MS)
  await log.expire(Date.now() + 31 * DAY_MS)
  expect(log.holdsLines).toBe(false)
  await store.expire(() => true)
  expect(await readdir(folder)).toContain(REPLICA_A)
  await store.expire(() => false)
  expect(await readdir(folder)).not.toContain(REPLICA_A)
  await store.close()
})

test('replicas are merged by time; the lines of one keep their order', async () => {
  const log = await openLog()
  const lineAt = (text: string, timeMs: number) => newLine(text, { timeMs })
  await Promise.all([
    put(log, { replicaId: REPLICA_A, revision: 1, lines: [lineAt('a1', 10), lineAt('a2', 30)] }, 1),
    put(log, { replicaId: REPLICA_B, revision: 2, lines: [lineAt('b1', 20), lineAt('b2', 5)] }, 1),
  ])
  const { lines } = await read(log)
  expect(lines.map(line => line.text)).toEqual(['a1', 'b1', 'b2', 'a2'])
  expect(lines[1]).toMatchObject({ replicaId: REPLICA_B, revision: 2 })
})

test('a search finds exactly what a filter over all lines finds', async () => {
  const log = await openLog({ segmentBytes: 8_000 })
  const word = fc.constantFrom(
    'alpha',
    'Beta',
    'GAMMA',
    '"quoted"',
    'tab\there',
    '\u001b[32mgreen\u001b[0m',
    '日本',
  )
  const text = fc.array(word, { maxLength: 4 }).map(words => words.join(' '))
  const level = fc.constantFrom(null, 'info' as const, 'error' as const)
  const lines = fc.sample(
    fc.record({ text, level, stream: fc.constantFrom('stdout' as const, 'stderr' as const) }),
    { numRuns: 600, seed: 7 },
  )
  for (const line of lines)
    void put(log, { replicaId: REPLICA_A, revision: 1, lines: [newLine(line.text, line)] }, 1)
  await put(log, { replicaId: REPLICA_A, revision: 1, lines: [] }, 2)
  const expected = (test: (line: (typeof lines)[number]) => boolean) =>
    lines.flatMap((line, index) => (test(line) ? [index + 1] : []))
  const found = async (filter: Partial<LogFilter>, order: 'asc' | 'desc' = 'asc') =>
    (await read(log, { filter: { ...EMPTY_FILTER, ...filter }, order })).lines.map(line => line.seq)

  expect(await found({ q: 'beta' })).toEqual(expected(line => line.text.includes('Beta')))
  expect(await found({ q: 'beta', case: true })).toEqual([])
  expect(await found({ q: '"quoted"' })).toEqual(expected(line => line.text.includes('"quoted"')))
  expect(await found({ q: 'tab\there' })).toEqual(expected(line => line.text.includes('tab\there')))
  expect(await found({ q: 'green' }, 'desc')).toEqual(expected(line => line.text.includes('green')).reverse())
  expect(await found({ q: '日本', level: ['error'] })).toEqual(
    expected(line => line.level === 'error' && line.text.includes('日本')),
  )
  expect(await found({ level: ['none'], stream: ['stderr'] })).toEqual(
    expected(line => line.level === null && line.stream === 'stderr'),
  )
  expect(await found({ q: '^alpha.*Gamma$', regex: true })).toEqual(
    expected(line => /^alpha.*gamma$/i.test(line.text.replaceAll(/\u001b\[\d+m/g, ''))),
  )
  expect(await found({ not: ['ALPHA'] })).toEqual(expected(line => !line.text.includes('alpha')))
  expect(await found({ with: ['ALPHA', 'beta'], except: ['level:info'] })).toEqual(
    expected(line => ['alpha', 'Beta'].every(text => line.text.includes(text)) && line.level !== 'info'),
  )
})

test('an expression that never ends is stopped and said, and the process goes on', async () => {
  const log = await openLog()
  await put(log, { replicaId: REPLICA_A, revision: 1, lines: [newLine(`${'a'.repeat(40)}!`)] }, 1)
  const filter = { ...EMPTY_FILTER, q: '(a+)+$', regex: true }
  await expect(read(log, { filter })).rejects.toThrow('takes too long')
})

test('a write that fails leaves the log as it was and the next one works', async () => {
  const log = await openLog()
  await put(log, run(1), 1)
  const open = Object.getOwnPropertyDescriptor(log, 'current')?.value as { append: () => Promise<void> }
  const real = open.append
  open.append = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
  const failed = log.append(run(1, 2), at(2), '1')
  // Handed over before the first was refused: it must not be written without it.
  const behind = log.append(run(1, 3), at(3), '2')
  await expect(failed).rejects.toThrow('no space left')
  open.append = real
  await expect(behind).rejects.toThrow()
  await expect(log.append(run(1, 3), at(3), '2')).rejects.toThrow(OutOfPlace)
  expect(log.states[REPLICA_A]).toEqual(at(1))
  await log.append(run(1, 2), at(2), '1')
  expect((await read(log)).lines.map(line => line.text)).toEqual(['line 1', 'line 2'])
})
