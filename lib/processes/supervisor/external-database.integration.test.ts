import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { createTestDatabase } from '@/lib/testing/database'
import { Stage } from '@/lib/testing/stage/stage'
import { findSystemPostgres, startSystemPostgres } from '@/lib/testing/system-postgres'

// Several whole starts in one test, perhaps beside a build on two cores.
vi.setConfig({ testTimeout: 180_000 })

let stage: Stage
beforeAll(async () => {
  stage = await Stage.build()
})
afterAll(() => stage.clear())

it('uses the database of DATABASE_URL, starts none of its own and leaves it running', async () => {
  const database = await createTestDatabase()
  const dataDir = stage.dataDir()
  const slipway = stage.start({ SLIPWAY_DATA_DIR: dataDir, DATABASE_URL: database.url })
  await slipway.says(/Slipway is running/)
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
  slipway.signal('SIGINT')
  expect(await slipway.ended()).toBe(0)
  expect((await database.db.$client.query('select count(*)::int as n from users')).rows).toEqual([{ n: 1 }])
  await database.drop()
})

it.runIf(findSystemPostgres())(
  'runs on the PostgreSQL of the system, the oldest version supported',
  async () => {
    const server = await startSystemPostgres()
    const slipway = stage.start({ SLIPWAY_DATA_DIR: stage.dataDir(), DATABASE_URL: server.url })
    await slipway.says(/Slipway is running/)
    await slipway.stop()
    await server.stop()
  },
)

it('says that the named database does not exist', async () => {
  const url = new URL(inject('adminUrl'))
  url.pathname = '/nowhere'
  const run = stage.start({ SLIPWAY_DATA_DIR: stage.dataDir(), DATABASE_URL: url.href })
  expect(await run.ended()).toBe(1)
  expect(run.output).toMatch(/The database of DATABASE_URL does not exist: make it with createdb nowhere/)
})
