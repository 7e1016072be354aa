import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EMPTY_FILTER } from '@/lib/domain/logs/filter'
import type { LogLine } from '@/lib/domain/logs/line'
import { replicas } from '@/lib/server/db/schema/replicas'
import { LogStore, logLimits } from '@/lib/server/log-store/log-store'
import { scan } from '@/lib/server/log-store/scan'
import { linePrefix, logFileName, logHeader, parseLogPosition } from '@/lib/server/providers/local/log-format'
import { LogReader } from '@/lib/server/providers/local/log-reader'
import type { LogChunk, Provider } from '@/lib/server/providers/port'
import { testDatabase } from '@/lib/testing/database'
import { readReplicas } from '@/lib/testing/endpoint'
import { collect } from '@/lib/testing/log-lines'
import { makeLogFolders, makeLoggedEndpoint } from '@/lib/testing/log-place'
import { Collector } from './collector'

const database = testDatabase()
const logger = pino({ level: 'silent' })
const LIMITS = logLimits({ days: 30, bytes: 1024 ** 3 })
const PATIENCE = { timeout: 30_000, interval: 50 }
/** Several reads of each, and several frames. */
const LINES = 15_000
/** In the past: what was written while nobody collected. */
const BEGIN_MS = Date.now() - 10 * 60_000

let place: ReturnType<typeof makeLogFolders>
let store: LogStore
beforeEach(async () => {
  place = makeLogFolders(database.url)
  const opened = await LogStore.open(`${place.dataDir}/logs`, LIMITS)
  if (!opened) throw new Error('the folder is new')
  store = opened
})
afterEach(async () => {
  await store.close()
  place.remove()
})

/** A shim's files, read by the provider's own reader; nothing is written any more. */
async function* readFiles(folder: string, since: string | null, signal: AbortSignal) {
  const reader = new LogReader(folder, parseLogPosition(since))
  try {
    for (let chunk = await reader.read(); chunk && !signal.aborted; chunk = await reader.read()) yield chunk
  } finally {
    await reader.close()
  }
}
type Logs = (folder: string, since: string | null, signal: AbortSignal) => AsyncIterable<LogChunk>

function collectorOver(logs: Logs, patienceMs = 60_000): Collector {
  const provider: Pick<Provider, 'logs'> = {
    logs: ({ replicaId }, { since, signal }) => logs(join(place.outputDir, replicaId), since, signal),
  }
  return new Collector({
    db: database.db,
    store,
    logger,
    linesPerSecond: 1_000_000,
    patienceMs,
    providerOf: () => provider as Provider,
    isOurs: () => true,
  })
}

/** Bursts of some lines and pauses between them, as programs write; times in milliseconds after the beginning. */
function writeFile(replicaId: string, name: string): number[] {
  const times: number[] = []
  const texts: string[] = []
  let timeMs = BEGIN_MS
  for (let number = 1; number <= LINES; number += 1) {
    if (Math.random() < 0.2) timeMs += Math.floor(Math.random() * 60)
    texts.push(`${linePrefix(timeMs, 'stdout')}${name} ${number} ${'x'.repeat(60)}\n`)
    times.push(timeMs)
  }
  const folder = join(place.outputDir, replicaId)
  mkdirSync(folder)
  writeFileSync(join(folder, logFileName(1)), logHeader(0) + texts.join(''))
  return times
}

async function readAll(endpointId: string) {
  const range = { from: 1, to: Number.MAX_SAFE_INTEGER, limit: Number.MAX_SAFE_INTEGER }
  const query = { ...range, order: 'asc' as const, filter: EMPTY_FILTER }
  return (await collect(scan(await store.log(endpointId), query, new AbortController().signal))).lines
}

const hasEnded = async (endpointId: string) =>
  (await readReplicas(database.db, endpointId)).every(row => row.logsEndedAt !== null)

test('what replicas wrote during an outage reads in the order of its times, however often collecting stops', async () => {
  const { endpointId, ids } = await makeLoggedEndpoint(database.db, 3)
  await database.db.update(replicas).set({ state: 'stopped', stoppedAt: new Date() })
  for (const [index, id] of ids.entries()) writeFile(id, `r${index}`)
  // Longer each time: however slow the machine is, it comes to the end.
  for (let round = 1; !(await hasEnded(endpointId)); round += 1) {
    const collector = collectorOver(readFiles)
    await collector.refresh()
    await sleep(Math.random() * 60 * round)
    await collector.stop()
  }
  const lines = await readAll(endpointId)
  expect(lines).toHaveLength(LINES * ids.length)
  for (const [index, id] of ids.entries())
    expect(lines.filter(line => line.replicaId === id).map(line => line.text.split(' x')[0])).toEqual(
      Array.from({ length: LINES }, (_, at) => `r${index} ${at + 1}`),
    )
  const isTooLate = (line: LogLine, index: number) => line.timeMs < (lines[index - 1]?.timeMs ?? 0)
  expect(lines.filter(isTooLate).slice(0, 3)).toEqual([])
})

test('a replica that says nothing holds up nobody', async () => {
  const { endpointId, ids } = await makeLoggedEndpoint(database.db, 2)
  const [writing = '', silent = ''] = ids
  writeFile(writing, 'r')
  async function* follow(folder: string, since: string | null, signal: AbortSignal) {
    if (existsSync(folder)) yield* readFiles(folder, since, signal)
    await new Promise(resolve => signal.addEventListener('abort', resolve))
  }
  const collector = collectorOver(follow, 100)
  await collector.refresh()
  await expect.poll(async () => (await readAll(endpointId)).length, PATIENCE).toBe(LINES)
  expect(existsSync(join(place.outputDir, silent))).toBe(false)
  await collector.stop()
})
