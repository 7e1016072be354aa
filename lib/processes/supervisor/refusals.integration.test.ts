import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Stage } from '@/lib/testing/stage/stage'

// Several whole starts in one test, perhaps beside a build on two cores.
vi.setConfig({ testTimeout: 180_000 })

let stage: Stage
let taken: Server
let takenPort: number

beforeAll(async () => {
  stage = await Stage.build()
  taken = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => taken.once('listening', resolve))
  const address = taken.address()
  takenPort = typeof address === 'object' && address ? address.port : 0
})
afterAll(async () => {
  taken.close()
  await stage.clear()
})

/** The one paragraph a refused start prints, without a stack. */
async function refusalOf(environment: Record<string, string>): Promise<string> {
  const run = stage.start({ SLIPWAY_DATA_DIR: stage.dataDir(), ...environment })
  expect(await run.ended()).toBe(1)
  expect(run.output).not.toMatch(/^\s+at /m)
  return run.output.slice(run.output.indexOf('✗') + 2).trim()
}

it.each([
  ['PORT', 'portal'],
  ['SLIPWAY_GATEWAY_PORT', 'gateway'],
])('names the taken port and %s', async (variable, purpose) => {
  const text = await refusalOf({ [variable]: String(takenPort) })
  expect(text).toBe(
    `Port ${takenPort} is taken by another program; set ${variable} to another one for the ${purpose}, ` +
      `for example: ${variable}=${takenPort + 1} npm start`,
  )
})

it('names an address the machine does not have', async () => {
  expect(await refusalOf({ HOST: '192.0.2.1' })).toMatch(/no address 192\.0\.2\.1; set HOST/)
})

it('names every unusable variable at once', async () => {
  const text = await refusalOf({ PORT: 'many', SLIPWAY_ADMIN_TOKEN: 'short', DATABASE_URL: 'mysql://x' })
  for (const name of ['PORT', 'SLIPWAY_ADMIN_TOKEN', 'DATABASE_URL']) expect(text).toContain(`  ${name}: `)
})

it('says why the data directory cannot be used', async () => {
  const parent = dirname(stage.dataDir())
  writeFileSync(join(parent, 'file'), '')
  expect(await refusalOf({ SLIPWAY_DATA_DIR: join(parent, 'file', 'data') })).toMatch(
    /^The data directory .* cannot be used: a part of that path is a file\..*SLIPWAY_DATA_DIR/,
  )
})

it('says that the data directory may not be written', async () => {
  expect(await refusalOf({ SLIPWAY_DATA_DIR: closedFolder() })).toMatch(
    /cannot be used: (this user may not write there|the file system is read-only)\./,
  )
})

/** A folder in which this user may not write; nothing but the kernel's own is closed to root. */
function closedFolder(): string {
  if (process.getuid?.() === 0) return '/sys/slipway'
  const closed = stage.dataDir()
  mkdirSync(closed)
  chmodSync(closed, 0o500)
  return closed
}

it('says that the database does not answer, without its password', async () => {
  const text = await refusalOf({ DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:9/slipway' })
  expect(text).toBe(
    'The database of DATABASE_URL does not answer: nothing listens at 127.0.0.1:9. Is PostgreSQL running there?',
  )
})

it('refuses a key that did not seal the secrets of this database', async () => {
  const environment = { SLIPWAY_DATA_DIR: stage.dataDir(), SLIPWAY_SECRET_KEY: 'a'.repeat(64) }
  const first = stage.start(environment)
  await first.says(/Slipway is running/)
  await first.stop()
  expect(await refusalOf({ ...environment, SLIPWAY_SECRET_KEY: 'b'.repeat(64) })).toMatch(
    /sealed with another key/,
  )
})
