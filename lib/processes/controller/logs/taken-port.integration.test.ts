import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { isNotNull } from 'drizzle-orm'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { processes } from '@/lib/server/db/schema/processes'
import { testDatabase } from '@/lib/testing/database'
import { makeLogFolders, makeLoggedEndpoint, startTestCollection, writeOutput } from '@/lib/testing/log-place'

const database = testDatabase()
const PATIENCE = { timeout: 30_000, interval: 50 }
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function takePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const release = () => new Promise(resolve => server.close(resolve))
  return { port: (server.address() as AddressInfo).port, release }
}

test('with its port taken it says so and collects all the same, and serves once the port is free', async () => {
  const place = makeLogFolders(database.url)
  cleanups.push(place.remove)
  const world = await makeLoggedEndpoint(database.db, 1)
  writeOutput(place.outputDir, world.ids[0] ?? '', ['INFO:     one line'])
  const { port, release } = await takePort()
  cleanups.push(release)
  const said: string[] = []
  const logger = pino({ level: 'error' }, { write: text => said.push(JSON.parse(text).msg) })
  const collection = await startTestCollection(database.db, place, { port, logger })
  cleanups.push(collection.stop)
  const urls = async () =>
    (await database.db.select().from(processes).where(isNotNull(processes.url))).map(row => row.url)

  await expect.poll(() => said, PATIENCE).toHaveLength(1)
  expect(said[0]).toMatch(`Port ${port} is taken by another program: logs are collected`)
  expect(said[0]).toContain('Set SLIPWAY_LOGS_PORT to a free port')
  await expect.poll(() => existsSync(join(place.dataDir, 'logs', world.endpointId)), PATIENCE).toBe(true)
  expect(await urls()).toEqual([])

  await release()
  await expect.poll(urls, PATIENCE).toEqual([`http://127.0.0.1:${port}`])
})

test('told to stop while its port is taken, it ends', async () => {
  const place = makeLogFolders(database.url)
  cleanups.push(place.remove)
  const { port, release } = await takePort()
  cleanups.push(release)
  const said: string[] = []
  const logger = pino({ level: 'error' }, { write: text => said.push(text) })
  const collection = await startTestCollection(database.db, place, { port, logger })
  await expect.poll(() => said, PATIENCE).toHaveLength(1)
  await collection.stop()
})
