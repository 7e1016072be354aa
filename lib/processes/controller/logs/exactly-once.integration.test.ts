import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replicas } from '@/lib/server/db/schema/replicas'
import type { RouteHandler } from '@/lib/server/http/route'
import { testDatabase } from '@/lib/testing/database'
import { readReplicas } from '@/lib/testing/endpoint'
import { endOutput, makeLogFolders, makeLoggedEndpoint, writeOutput } from '@/lib/testing/log-place'
import { LogReader } from '@/lib/testing/log-reader'
import { spawnCollector } from '@/lib/testing/spawn-collector'

const database = testDatabase()
let place: ReturnType<typeof makeLogFolders>
let route: RouteHandler
let collector: Awaited<ReturnType<typeof spawnCollector>>

beforeEach(async () => {
  place = makeLogFolders(database.url)
  const { GET } = await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/stream/route')
  route = GET
})
afterEach(async () => {
  await collector.kill()
  place.remove()
})

const LINES = 7_200
const BURST = 60

/** Numbers its lines per replica, in bursts, as fast as the file takes them with short pauses. */
async function writeNumbered(ids: readonly string[]): Promise<void> {
  for (let from = 0; from < LINES; from += BURST) {
    for (const id of ids)
      writeOutput(
        place.outputDir,
        id,
        Array.from({ length: BURST }, (_, index) => `${id} ${from + index + 1}`),
      )
    await sleep(15)
  }
  for (const id of ids) endOutput(place.outputDir, id)
}

/** Reads, is cut off, waits, comes back; until it has everything. */
async function readRestlessly(reader: LogReader, total: number, deadlineMs: number): Promise<void> {
  while (reader.lines.length < total && Date.now() < deadlineMs) {
    const cut = AbortSignal.timeout(Math.round(300 + Math.random() * 1_500))
    const isSlow = Math.random() < 0.3
    await reader.read(cut, async () => {
      if (isSlow) await sleep(Math.random() * 60)
    })
    await sleep(Math.random() * 150)
  }
}

test('every reader gets every line exactly once, whatever is killed, cut off or slow', async () => {
  const { ids, endpointId, address } = await makeLoggedEndpoint(database.db)
  const readers = Array.from({ length: 5 }, () => new LogReader(route, address))
  const deadlineMs = Date.now() + 40_000
  collector = await spawnCollector(place)
  const reading = Promise.all(readers.map(reader => readRestlessly(reader, LINES * ids.length, deadlineMs)))
  const writing = writeNumbered(ids)
  for (let kill = 0; kill < 3; kill += 1) {
    await sleep(800 + Math.random() * 600)
    await collector.kill()
    collector = await spawnCollector(place)
  }
  await writing
  await database.db.update(replicas).set({ state: 'stopped', stoppedAt: new Date() })
  await reading
  const expected = ids.flatMap(id => Array.from({ length: LINES }, (_, index) => `${id} ${index + 1}`))
  for (const reader of readers) {
    expect(reader.lines.map(line => line.seq)).toEqual(
      Array.from({ length: expected.length }, (_, index) => index + 1),
    )
    expect(reader.lines.map(line => line.text).sort()).toEqual([...expected].sort())
    expect(new Set(reader.lines.map(line => line.replicaId))).toEqual(new Set(ids))
    // What was refused in between was said before the first byte.
    expect(reader.statuses.every(status => status === 200 || status === 503)).toBe(true)
  }
  const ended = async () =>
    (await readReplicas(database.db, endpointId)).every(row => row.logsEndedAt !== null)
  await expect.poll(ended, { timeout: 10_000 }).toBe(true)
})
