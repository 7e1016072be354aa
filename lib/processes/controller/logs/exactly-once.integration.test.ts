import { randomBytes, randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replicas } from '@/lib/server/db/schema/replicas'
import type { RouteHandler } from '@/lib/server/http/route'
import { makePerson, makeToken } from '@/lib/testing/access'
import { fakeSpec } from '@/lib/testing/controller'
import { testDatabase } from '@/lib/testing/database'
import { insertEndpoint, readEndpoint, readReplicas } from '@/lib/testing/endpoint'
import { LogReader } from '@/lib/testing/log-reader'
import { type CollectorPlace, spawnCollector } from '@/lib/testing/spawn-collector'

const database = testDatabase()
let place: CollectorPlace
let route: RouteHandler
let collector: Awaited<ReturnType<typeof spawnCollector>>

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-logs-'))
  place = { databaseUrl: database.url, dataDir: join(folder, 'data'), outputDir: join(folder, 'out') }
  mkdirSync(place.dataDir)
  mkdirSync(place.outputDir)
  // The route reads them like the portal does, on its first call.
  process.env.DATABASE_URL = database.url
  process.env.SLIPWAY_SECRET_KEY = randomBytes(32).toString('base64')
  const { GET } = await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/stream/route')
  route = GET
})
afterEach(async () => {
  await collector.kill()
  rmSync(join(place.dataDir, '..'), { recursive: true, force: true })
})

async function makeWorld() {
  const endpointId = await insertEndpoint(database.db, fakeSpec())
  const { teamId, name } = await readEndpoint(database.db, endpointId)
  const team = { id: teamId, slug: (await teamSlug(teamId)) ?? '' }
  const person = await makePerson(database.db, team)
  const token = await makeToken(database.db, team, person, 'read')
  const ids = [randomUUID(), randomUUID()]
  for (const [index, id] of ids.entries())
    await database.db
      .insert(replicas)
      .values({ id, endpointId, revision: 1, name: `r1-${index + 1}`, state: 'running' })
  return { endpointId, ids, address: { team: team.slug, endpoint: name, token: token.text } }
}

async function teamSlug(teamId: string) {
  const { teams } = await import('@/lib/server/db/schema/teams')
  const [row] = await database.db.select().from(teams).where(eq(teams.id, teamId))
  return row?.slug
}

const LINES = 12_000
const BURST = 60

/** Numbers its lines per replica, in bursts, as fast as the file takes them with short pauses. */
async function writeNumbered(ids: readonly string[]): Promise<void> {
  for (let from = 0; from < LINES; from += BURST) {
    for (const id of ids) {
      const text = Array.from({ length: BURST }, (_, index) => `${id} ${from + index + 1}\n`).join('')
      appendFileSync(join(place.outputDir, `${id}.out`), text)
    }
    await sleep(15)
  }
  for (const id of ids) writeFileSync(join(place.outputDir, `${id}.ended`), '')
}

/** Reads, is cut off, waits, comes back; until it has everything. */
async function readRestlessly(reader: LogReader, total: number, deadlineMs: number): Promise<void> {
  while (reader.lines.length < total && Date.now() < deadlineMs) {
    const cut = AbortSignal.timeout(Math.round(50 + Math.random() * 900))
    const isSlow = Math.random() < 0.3
    await reader.read(cut, async () => {
      if (isSlow) await sleep(Math.random() * 60)
    })
    await sleep(Math.random() * 150)
  }
}

test('every reader gets every line exactly once, whatever is killed, cut off or slow', async () => {
  const { ids, endpointId, address } = await makeWorld()
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
