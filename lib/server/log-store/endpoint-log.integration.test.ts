import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EMPTY_FILTER, type LogFilter } from '@/lib/domain/logs/filter'
import { collect, newLine, numbered, REPLICA_A, REPLICA_B } from '@/lib/testing/log-lines'
import { EndpointLog, type LogLimits } from './endpoint-log'
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
const at = (position: number) => ({ position: String(position), carry: null })

test('gives back what was written, numbered from one, in both orders and across segments', async () => {
  const log = await openLog({ segmentBytes: 20_000 })
  for (let from = 1; from <= 2_000; from += 100) await log.append(run(100, from), at(from))
  const { lines } = await read(log)
  expect(lines.map(line => line.text)).toEqual(numbered(2_000).map(line => line.text))
  expect(lines.map(line => line.seq)).toEqual(lines.map((_, index) => index + 1))
  expect(log.segments.length).toBeGreaterThan(3)
  const newest = await read(log, { order: 'desc', limit: 250 })
  expect(newest.lines.map(line => line.seq)).toEqual(Array.from({ length: 250 }, (_, index) => 2_000 - index))
  const middle = await read(log, { from: 777, to: 1_203 })
  expect(middle.lines.map(line => line.seq)).toEqual(Array.from({ length: 427 }, (_, index) => 777 + index))
})

test('a log opened again goes on with the next number and knows every position', async () => {
  const first = await openLog({ segmentBytes: 5_000 })
  for (let from = 1; from <= 300; from += 50) await first.append(run(50, from), at(from + 49))
  await first.append(run(1, 1, REPLICA_B), at(7))
  await first.close()
  const log = await openLog({ segmentBytes: 5_000 })
  expect(log.lastSeq).toBe(301)
  expect(log.states).toEqual({ [REPLICA_A]: at(300), [REPLICA_B]: at(7) })
  await log.append(run(1, 301), at(301))
  expect((await read(log)).lines.at(-1)).toMatchObject({ seq: 302, text: 'line 301' })
  // Sealed segments have an index beside them.
  expect((await readdir(folder)).filter(name => name.endsWith('.index')).length).toBeGreaterThan(0)
})

test('cut at any byte of its last record, a log opens with everything before it and nothing of it', async () => {
  const log = await openLog()
  await log.append(run(3), at(3))
  const [name = ''] = (await readdir(folder)).filter(file => file.endsWith('.open'))
  const before = (await readFile(join(folder, name))).length
  await log.append({ ...run(2, 4), lines: [newLine('caf\u00e9'), newLine('\u001b[31mred')] }, at(5))
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
    await torn.append(run(1, 4), at(4))
    expect((await read(torn)).lines.map(line => line.text)).toEqual(['line 1', 'line 2', 'line 3', 'line 4'])
    await torn.close()
  }
  await rm(`${folder}-copy`, { recursive: true, force: true })
})

test('a damaged record in the middle is stepped over and what follows is kept', async () => {
  const log = await openLog()
  for (let from = 1; from <= 3; from += 1) {
    await log.append(run(1, from), at(from))
  }
  await log.close()
  const [name = ''] = (await readdir(folder)).filter(file => file.endsWith('.open'))
  const bytes = await readFile(join(folder, name))
  bytes[bytes.indexOf('line 2')] = 0x58
  await writeFile(join(folder, name), bytes)
  const damaged = await openLog()
  expect((await read(damaged)).lines.map(line => line.text)).toEqual(['line 1', 'line 3'])
})

test('numbers are not given twice when the machine went down with lines only readers had seen', async () => {
  const log = await openLog()
  await log.append(run(5), at(5))
  await log.close()
  await writeFile(join(folder, 'boot'), 'another start of the machine')
  const after = await openLog()
  await after.append(run(1, 6), at(6))
  const { lines } = await read(after)
  expect(lines).toHaveLength(6)
  expect(lines.at(-1)?.seq).toBeGreaterThan(1_000_000)
  expect(after.states[REPLICA_A]).toEqual(at(6))
})

test('retention removes whole segments, oldest first, and a reader is told what is gone', async () => {
  const log = await openLog({ segmentBytes: 5_000, retentionBytes: 4_000 })
  for (let from = 1; from <= 2_000; from += 100) await log.append(run(100, from), at(from))
  await log.close()
  const kept = await openLog({ segmentBytes: 5_000, retentionBytes: 4_000 })
  await kept.expire()
  expect(kept.firstSeq).toBeGreaterThan(1)
  const { lines, others } = await read(kept)
  expect(others[0]).toEqual({ type: 'gap', first: 1, last: kept.firstSeq - 1 })
  expect(lines[0]?.seq).toBe(kept.firstSeq)
  expect(lines.at(-1)?.seq).toBe(2_000)
})

test('replicas are merged by time; the lines of one keep their order', async () => {
  const log = await openLog()
  const lineAt = (text: string, timeMs: number) => newLine(text, { timeMs })
  await Promise.all([
    log.append({ replicaId: REPLICA_A, revision: 1, lines: [lineAt('a1', 10), lineAt('a2', 30)] }, at(1)),
    log.append({ replicaId: REPLICA_B, revision: 2, lines: [lineAt('b1', 20), lineAt('b2', 5)] }, at(1)),
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
    void log.append({ replicaId: REPLICA_A, revision: 1, lines: [newLine(line.text, line)] }, at(1))
  await log.append({ replicaId: REPLICA_A, revision: 1, lines: [] }, at(2))
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
  expect(await found({ not: 'ALPHA' })).toEqual(expected(line => !line.text.includes('alpha')))
})

test('an expression that never ends is stopped and said, and the process goes on', async () => {
  const log = await openLog()
  await log.append({ replicaId: REPLICA_A, revision: 1, lines: [newLine(`${'a'.repeat(40)}!`)] }, at(1))
  const filter = { ...EMPTY_FILTER, q: '(a+)+$', regex: true }
  await expect(read(log, { filter })).rejects.toThrow('takes too long')
})

test('a write that fails leaves the log as it was and the next one works', async () => {
  const log = await openLog()
  await log.append(run(1), at(1))
  const open = Object.getOwnPropertyDescriptor(log, 'current')?.value as { append: () => Promise<void> }
  const real = open.append
  open.append = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
  await expect(log.append(run(1, 2), at(2))).rejects.toThrow('no space left')
  open.append = real
  expect(log.states[REPLICA_A]).toEqual(at(1))
  await log.append(run(1, 2), at(2))
  expect((await read(log)).lines.map(line => line.text)).toEqual(['line 1', 'line 2'])
})
