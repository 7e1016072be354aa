import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EMPTY_FILTER } from '@/lib/domain/logs/filter'
import { replicas } from '@/lib/server/db/schema/replicas'
import { revisions } from '@/lib/server/db/schema/revisions'
import type { EndpointLog } from '@/lib/server/log-store/endpoint-log'
import { LogStore, logLimits } from '@/lib/server/log-store/log-store'
import { scan } from '@/lib/server/log-store/scan'
import type { Provider } from '@/lib/server/providers/port'
import { seal } from '@/lib/server/secrets/seal'
import { testDatabase } from '@/lib/testing/database'
import { readEvents, readReplicas } from '@/lib/testing/endpoint'
import { fileOutputProvider } from '@/lib/testing/file-output'
import { collect } from '@/lib/testing/log-lines'
import { endOutput, makeLogFolders, makeLoggedEndpoint, writeOutput } from '@/lib/testing/log-place'
import { Collector } from './collector'

const database = testDatabase()
const logger = pino({ level: 'silent' })
const LIMITS = logLimits({ days: 30, bytes: 1024 ** 3 })
const PATIENCE = { timeout: 20_000, interval: 50 }

let place: ReturnType<typeof makeLogFolders>
let store: LogStore
const running: Collector[] = []

beforeEach(async () => {
  place = makeLogFolders(database.url)
  const opened = await LogStore.open(`${place.dataDir}/logs`, LIMITS)
  if (!opened) throw new Error('the folder is new')
  store = opened
})
afterEach(async () => {
  for (const collector of running.splice(0)) await collector.stop()
  await store.close()
  place.remove()
})

function collectorOver(from: Pick<LogStore, 'log'>, linesPerSecond = 1_000_000) {
  const collector = new Collector({
    db: database.db,
    store: from as LogStore,
    logger,
    linesPerSecond,
    providerOf: () => fileOutputProvider(place.outputDir) as Provider,
    isOurs: () => true,
  })
  running.push(collector)
  return collector
}

const readAll = async (endpointId: string) => {
  const range = {
    from: 1,
    to: Number.MAX_SAFE_INTEGER,
    order: 'asc' as const,
    limit: Number.MAX_SAFE_INTEGER,
  }
  const log = await store.log(endpointId)
  return (await collect(scan(log, { ...range, filter: EMPTY_FILTER }, new AbortController().signal))).lines
}

const stopReplica = (id: string) =>
  database.db.update(replicas).set({ state: 'stopped', stoppedAt: new Date() }).where(eq(replicas.id, id))

test('a replica that writes too fast loses lines, all of them counted where they are missing, and it is said', async () => {
  const { endpointId, ids } = await makeLoggedEndpoint(database.db, 1)
  const [id = ''] = ids
  await collectorOver(store, 100).refresh()
  const texts = Array.from({ length: 5_000 }, (_, index) => `line ${index + 1}`)
  writeOutput(place.outputDir, id, texts)
  const account = async () => (await readAll(endpointId)).reduce((sum, line) => sum + (line.dropped ?? 1), 0)
  await expect.poll(account, PATIENCE).toBe(5_000)

  let next = 1
  for (const line of await readAll(endpointId)) {
    if (line.dropped === undefined) expect(line.text).toBe(`line ${next}`)
    next += line.dropped ?? 1
  }
  await expect.poll(() => readEvents(database.db, endpointId, 'logsDropped'), PATIENCE).toHaveLength(1)
})

test('a full disk stops collecting with an event, and it goes on where it stopped once there is room', async () => {
  const { endpointId, ids } = await makeLoggedEndpoint(database.db, 1)
  const [id = ''] = ids
  let isFull = true
  // A real full disk cannot be had in a test; what the system says then can.
  const limited = async (name: string): Promise<EndpointLog> => {
    const log = await store.log(name)
    const append: EndpointLog['append'] = (...piece) =>
      isFull ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : log.append(...piece)
    return Object.assign(Object.create(log) as EndpointLog, { append })
  }
  await collectorOver({ log: limited }).refresh()
  writeOutput(place.outputDir, id, ['one', 'two'])
  await expect.poll(() => readEvents(database.db, endpointId, 'logsStopped'), PATIENCE).toHaveLength(1)
  const [event] = await readEvents(database.db, endpointId, 'logsStopped')
  expect(event?.message).toContain('the disk is full')
  expect(await readAll(endpointId)).toEqual([])

  writeOutput(place.outputDir, id, ['three'])
  isFull = false
  await expect
    .poll(async () => (await readAll(endpointId)).map(line => line.text), PATIENCE)
    .toEqual(['one', 'two', 'three'])
  await expect.poll(() => readEvents(database.db, endpointId, 'logsResumed'), PATIENCE).toHaveLength(1)
  expect(await readEvents(database.db, endpointId, 'logsStopped')).toHaveLength(1)
})

test('a secret the replica was given is not in the log, whatever it prints', async () => {
  const { endpointId, ids } = await makeLoggedEndpoint(database.db, 1)
  const [id = ''] = ids
  const sealed = {
    API_KEY: seal('sk-0123456789', `endpoint:${endpointId}`),
    MODE: seal('debug', `endpoint:${endpointId}`),
  }
  await database.db
    .update(revisions)
    .set({ sealedSecrets: sealed })
    .where(eq(revisions.endpointId, endpointId))
  await collectorOver(store).refresh()
  writeOutput(place.outputDir, id, ['env: API_KEY=sk-0123456789 MODE=debug', 'request_id=sk-0123456789'])
  await expect
    .poll(async () => (await readAll(endpointId)).map(line => line.text), PATIENCE)
    .toEqual(['env: API_KEY=[secret API_KEY] MODE=debug', 'request_id=[secret API_KEY]'])
  const folder = join(place.dataDir, 'logs', endpointId)
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name)).includes('sk-0123')).toBe(false)
})

test('output that ends is only the end when the replica will not be started again', async () => {
  const { endpointId, ids } = await makeLoggedEndpoint(database.db, 1)
  const [id = ''] = ids
  const collector = collectorOver(store)
  await collector.refresh()
  writeOutput(place.outputDir, id, ['first attempt'])
  endOutput(place.outputDir, id)
  await expect.poll(async () => (await readAll(endpointId)).length, PATIENCE).toBe(1)
  writeOutput(place.outputDir, id, ['second attempt'])
  await expect.poll(async () => (await readAll(endpointId)).length, PATIENCE).toBe(2)
  expect((await readReplicas(database.db, endpointId))[0]?.logsEndedAt).toBeNull()
  await stopReplica(id)
  const endedAt = async () => (await readReplicas(database.db, endpointId))[0]?.logsEndedAt
  await expect.poll(endedAt, PATIENCE).not.toBeNull()
  expect(collector.isCollecting(endpointId)).toBe(false)
})

test('the logs below one folder have one owner at a time', async () => {
  const folder = `${place.dataDir}/logs`
  expect(await LogStore.open(folder, LIMITS)).toBeNull()
  await store.close()
  const next = await LogStore.open(folder, LIMITS)
  expect(next).not.toBeNull()
  if (next) store = next
})
