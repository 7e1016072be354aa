import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logPage } from '@/lib/domain/logs/view'
import type { RouteHandler } from '@/lib/server/http/route'
import { testDatabase } from '@/lib/testing/database'
import { readEvents } from '@/lib/testing/endpoint'
import { makeLogFolders, makeLoggedEndpoint, writeOutput } from '@/lib/testing/log-place'
import { spawnCollector } from '@/lib/testing/spawn-collector'

const database = testDatabase()
const PATIENCE = { timeout: 30_000, interval: 100 }
let place: ReturnType<typeof makeLogFolders>
let page: RouteHandler
let collector: Awaited<ReturnType<typeof spawnCollector>>

/**
 * A disk of 2 MiB of its own under the log folder, most of it taken until the file `room` appears: in a mount
 * namespace of the collector's, so nothing is left behind, and nobody has to be root where the kernel allows that.
 */
const ON_A_SMALL_DISK = `
mkdir -p "$0/logs" && mount -t tmpfs -o size=2m tmpfs "$0/logs" && head -c 1900000 /dev/zero > "$0/logs/ballast"
(while [ ! -e "$0/room" ]; do sleep 0.1; done; rm "$0/logs/ballast") &
exec "$@"`

beforeEach(async () => {
  place = makeLogFolders(database.url)
  page = (await import('@/app/api/teams/[team]/endpoints/[endpoint]/logs/route')).GET
  collector = await spawnCollector(place, ['unshare', '-rm', 'sh', '-c', ON_A_SMALL_DISK, place.dataDir])
})
afterEach(async () => {
  // The waiting shell beside the collector ends with this file.
  if (!existsSync(join(place.dataDir, 'room'))) writeFileSync(join(place.dataDir, 'room'), '')
  await collector.kill()
  place.remove()
})

test('a disk that is really full stops collecting, says so, and nothing else; with room it goes on without loss', async () => {
  const { endpointId, ids, address } = await makeLoggedEndpoint(database.db, 1)
  const [id = ''] = ids
  const { team, endpoint, token } = address
  const read = async (query = '') => {
    const request = new Request(`http://localhost/logs?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const response = await page(request, { params: Promise.resolve({ team, endpoint }) })
    return { status: response.status, body: await response.json() }
  }
  const kept = async () => {
    const { status, body } = await read('limit=1')
    return status === 200 ? (logPage.parse(body).kept?.last ?? 0) : -1
  }
  await expect.poll(kept, PATIENCE).toBe(0)
  const line = 'x'.repeat(1_000)
  const COUNT = 800
  for (let from = 0; from < COUNT; from += 50)
    writeOutput(
      place.outputDir,
      id,
      Array.from({ length: 50 }, (_, index) => `${from + index + 1} ${line}`),
    )
  await expect.poll(() => readEvents(database.db, endpointId, 'logsStopped'), PATIENCE).toHaveLength(1)
  const [event] = await readEvents(database.db, endpointId, 'logsStopped')
  expect(event?.message).toContain('the disk is full')
  // What is there can still be read.
  const full = await kept()
  expect(full).toBeGreaterThanOrEqual(0)
  expect(full).toBeLessThan(COUNT)

  writeFileSync(join(place.dataDir, 'room'), '')
  await expect.poll(kept, { ...PATIENCE, timeout: 60_000 }).toBe(COUNT)
  await expect.poll(() => readEvents(database.db, endpointId, 'logsResumed'), PATIENCE).toHaveLength(1)
  const { lines } = logPage.parse((await read(`limit=${COUNT}`)).body)
  expect(lines.map(({ text }) => Number.parseInt(text, 10))).toEqual(
    Array.from({ length: COUNT }, (_, index) => index + 1),
  )
}, 120_000)
