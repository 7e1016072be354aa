import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EMPTY_FILTER } from '@/lib/domain/logs/filter'
import { collect, newLine, REPLICA_A } from '@/lib/testing/log-lines'
import { density } from './density'
import { EndpointLog } from './endpoint-log'
import { scan } from './scan'

const START_MS = Date.UTC(2026, 0, 31, 12)
const LINES = 20_000
const LIMITS = {
  retentionMs: Number.POSITIVE_INFINITY,
  retentionBytes: Number.POSITIVE_INFINITY,
  segmentBytes: 600_000,
  segmentMs: Number.POSITIVE_INFINITY,
}

let folder = ''
let log: EndpointLog
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-log-'))
  log = await EndpointLog.open(folder, LIMITS)
})
afterEach(async () => {
  await log.close()
  await rm(folder, { recursive: true, force: true })
})

/** A line per second, long enough for several blocks; every 1,000th is an error, one has the needle. */
async function fill(): Promise<void> {
  let since: string | null = null
  for (let from = 0; from < LINES; from += 500) {
    const lines = Array.from({ length: 500 }, (_, index) => {
      const number = from + index
      return newLine(`${number === 7_777 ? 'Needle ' : ''}${number} ${'filler text '.repeat(12)}`, {
        timeMs: START_MS + number * 1_000,
        level: number % 1_000 === 0 ? 'error' : 'info',
      })
    })
    const position = String(from)
    await log.append({ replicaId: REPLICA_A, revision: 1, lines }, { position, carry: null }, since)
    since = position
  }
  // Closing waits for what is being sealed.
  await log.close()
  log = await EndpointLog.open(folder, LIMITS)
}

const search = (q: string) =>
  collect(
    scan(
      log,
      { from: 1, to: LINES, order: 'asc', limit: LINES, filter: { ...EMPTY_FILTER, q } },
      new AbortController().signal,
    ),
  )
const filesOf = async (kind: string) => (await readdir(folder)).filter(name => name.endsWith(kind)).sort()

test('a search reads only the blocks that may hold its text', async () => {
  await fill()
  const sealed = await filesOf('.sealed')
  expect(sealed.length).toBeGreaterThan(2)
  // Every segment is damaged but the one that holds it: whatever is read of them is found missing.
  const holder = log.segments.filter(segment => segment.firstSeq <= 7_778).at(-1)
  for (const name of sealed) {
    const path = join(folder, name)
    if (path === holder?.path) continue
    const bytes = await readFile(path)
    await writeFile(path, bytes.fill(0, 100))
  }
  const found = await search('needle')
  expect(found.lines.map(line => line.seq)).toEqual([7_778])
  expect(found.others.filter(message => 'type' in message && message.type === 'gap')).toEqual([])

  for (const name of await filesOf('.grams')) await rm(join(folder, name))
  const without = await search('needle')
  expect(without.lines.map(line => line.seq)).toEqual([7_778])
  expect(without.others.filter(message => 'type' in message && message.type === 'gap')).not.toEqual([])
})

test('counts every line by time and level: while written, sealed, opened again, and without its index', async () => {
  await fill()
  const range = { sinceMs: START_MS, untilMs: START_MS + LINES * 1_000 }
  const counts = async () => {
    const { buckets } = await density(log, range)
    const sum = (code: number) => buckets.reduce((total, bucket) => total + (bucket.counts[code] ?? 0), 0)
    return { bars: buckets.length, info: sum(3), errors: sum(5) }
  }
  const expected = { bars: Math.ceil(LINES / 300), info: LINES - LINES / 1_000, errors: LINES / 1_000 }
  expect(await counts()).toEqual(expected)
  await log.close()
  for (const name of await filesOf('.index')) await rm(join(folder, name))
  log = await EndpointLog.open(folder, LIMITS)
  expect(await counts()).toEqual(expected)
  const half = await density(log, { sinceMs: START_MS, untilMs: START_MS + 30 * 60_000 - 1 })
  expect(half.buckets.map(({ counts: each }) => each.reduce((a, b) => a + b, 0))).toEqual(
    Array.from({ length: 30 }, () => 60),
  )
})
