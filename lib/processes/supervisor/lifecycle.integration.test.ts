import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { dataFolderOf } from '@/lib/server/db/embedded/cluster'
import { findPostmaster } from '@/lib/server/db/embedded/postmaster'
import { isSameProcess, type ProcessIdentity } from '@/lib/server/process-identity'
import { Stage } from '@/lib/testing/stage/stage'
import { findLaunched } from './launch-record'

// Several whole starts in one test, perhaps beside a build on two cores.
vi.setConfig({ testTimeout: 180_000 })

let stage: Stage
beforeAll(async () => {
  stage = await Stage.build()
})
afterAll(() => stage.clear())

const RUNNING = /Slipway is running +(\S+)/

/** Every process that belongs to a data directory. */
async function processesOf(dataDir: string): Promise<Record<string, ProcessIdentity | null>> {
  const programs = ['gateway', 'controller', 'portal'].map(
    name => [name, findLaunched(dataDir, name)] as const,
  )
  return {
    ...Object.fromEntries(programs),
    postgres: await findPostmaster(dataFolderOf(join(dataDir, 'postgres'))),
  }
}

const pidsOf = (found: Record<string, ProcessIdentity | null>) =>
  Object.fromEntries(Object.entries(found).map(([name, identity]) => [name, identity?.pid]))

/** The ports a running Slipway chose, for a start that finds them again. */
const portsOf = (dataDir: string) => ({
  PORT: String(findLaunched(dataDir, 'portal')?.port),
  SLIPWAY_GATEWAY_PORT: String(findLaunched(dataDir, 'gateway')?.port),
})

describe('a start', () => {
  it('runs every program, prints the address once, and Ctrl-C leaves no process', async () => {
    const dataDir = stage.dataDir()
    const slipway = stage.start({ SLIPWAY_DATA_DIR: dataDir })
    const [, address = ''] = await slipway.says(RUNNING)
    expect((await fetch(address)).status).toBe(200)
    await slipway.says(/gateway +warn +a warning worth reading/)
    expect(slipway.output).toMatch(/Sign in with +\S+@\S+\n +Password +\S+/)

    const found = await processesOf(dataDir)
    expect(Object.values(found).every(identity => identity && isSameProcess(identity))).toBe(true)
    slipway.signal('SIGINT')
    expect(await slipway.ended()).toBe(0)
    expect(Object.values(found).some(identity => identity && isSameProcess(identity))).toBe(false)
    expect(readFileSync(join(dataDir, 'ended.txt'), 'utf8')).toBe(
      'gateway SIGTERM\ncontroller SIGTERM\nportal SIGTERM\n',
    )
  })

  it('keeps accounts: the next one makes none', async () => {
    const dataDir = stage.dataDir()
    const first = stage.start({ SLIPWAY_DATA_DIR: dataDir, SLIPWAY_ADMIN_EMAIL: 'Ada@Example.org' })
    await first.says(/Sign in with +ada@example.org/)
    await first.says(RUNNING)
    await first.stop()
    const second = stage.start({ SLIPWAY_DATA_DIR: dataDir })
    await second.says(RUNNING)
    expect(second.output).not.toMatch(/Password/)
    await second.stop()
  })

  it('is refused while another runs on the same data directory, which is not disturbed', async () => {
    const dataDir = stage.dataDir()
    const first = stage.start({ SLIPWAY_DATA_DIR: dataDir })
    const [, address = ''] = await first.says(RUNNING)
    const second = stage.start({ SLIPWAY_DATA_DIR: dataDir })
    expect(await second.ended()).toBe(1)
    expect(second.output).toMatch(/already running on .*process \d+.*SLIPWAY_DATA_DIR/)
    expect((await fetch(address)).status).toBe(200)
    await first.stop()
  })
})

describe('Ctrl-C', () => {
  it('in the middle of a start leaves no process either', async () => {
    const dataDir = stage.dataDir()
    const slipway = stage.start({ SLIPWAY_DATA_DIR: dataDir })
    await slipway.says(/Database is ready/)
    const { postgres } = await processesOf(dataDir)
    slipway.signal('SIGINT')
    expect(await slipway.ended()).toBe(0)
    expect(slipway.output).not.toMatch(/is running/)
    expect(postgres && isSameProcess(postgres)).toBe(false)
    expect(Object.values(await processesOf(dataDir))).toEqual([null, null, null, null])
  })

  it('twice forces, and once pressed arrives twice through npm without forcing', async () => {
    const dataDir = stage.dataDir()
    const slipway = stage.start({ SLIPWAY_DATA_DIR: dataDir, SLIPWAY_STAND_IN_DEAF: 'gateway' })
    await slipway.says(RUNNING)
    const found = await processesOf(dataDir)
    slipway.signal('SIGINT')
    slipway.signal('SIGINT')
    await slipway.says(/press Ctrl-C again/)
    await sleep(700)
    expect(slipway.output).not.toMatch(/Forced/)
    slipway.signal('SIGINT')
    expect(await slipway.ended()).toBe(130)
    expect(Object.values(found).some(identity => identity && isSameProcess(identity))).toBe(false)
  })
})

describe('a killed supervisor', () => {
  it('leaves everything running; the next start adopts it', async () => {
    const dataDir = stage.dataDir()
    const first = stage.start({ SLIPWAY_DATA_DIR: dataDir })
    const [, address = ''] = await first.says(RUNNING)
    const before = await processesOf(dataDir)
    first.signal('SIGKILL')
    await first.ended()
    expect((await fetch(address)).status).toBe(200)

    const second = stage.start({ SLIPWAY_DATA_DIR: dataDir, ...portsOf(dataDir) })
    await second.says(RUNNING)
    expect(pidsOf(await processesOf(dataDir))).toEqual(pidsOf(before))
    second.signal('SIGINT')
    expect(await second.ended()).toBe(0)
    expect(Object.values(before).some(identity => identity && isSameProcess(identity))).toBe(false)
  })

  it('leaves programs that another environment replaces, without stopping replicas', async () => {
    const dataDir = stage.dataDir()
    const first = stage.start({ SLIPWAY_DATA_DIR: dataDir })
    await first.says(RUNNING)
    const before = await processesOf(dataDir)
    first.signal('SIGKILL')
    await first.ended()

    const second = stage.start({
      SLIPWAY_DATA_DIR: dataDir,
      SLIPWAY_LOG_LEVEL: 'debug',
      ...portsOf(dataDir),
    })
    await second.says(RUNNING)
    const after = pidsOf(await processesOf(dataDir))
    expect(after.postgres).toBe(before.postgres?.pid)
    for (const name of ['gateway', 'controller', 'portal']) expect(after[name]).not.toBe(before[name]?.pid)
    expect(readFileSync(join(dataDir, 'ended.txt'), 'utf8')).toContain('controller SIGHUP')
    await second.stop()
  })
})

describe('a program that dies', () => {
  it('is started again, PostgreSQL on the same port', async () => {
    const dataDir = stage.dataDir()
    const slipway = stage.start({ SLIPWAY_DATA_DIR: dataDir })
    await slipway.says(RUNNING)
    const before = await processesOf(dataDir)
    const { gateway, postgres } = before
    if (!gateway || !postgres) throw new Error('not running')

    process.kill(gateway.pid, 'SIGKILL')
    await slipway.says(/gateway +error +stopped unexpectedly \(SIGKILL\)/)
    process.kill(postgres.pid, 'SIGKILL')
    await slipway.says(/PostgreSQL recovered/)
    const after = await processesOf(dataDir)
    expect(after.gateway?.pid).not.toBe(gateway.pid)
    expect(after.controller?.pid).toBe(before.controller?.pid)
    const port = readFileSync(join(dataDir, 'postgres', 'port'), 'utf8').trim()
    const password = readFileSync(join(dataDir, 'postgres', 'password'), 'utf8').trim()
    const client = new pg.Client({
      connectionString: `postgres://slipway:${password}@127.0.0.1:${port}/slipway`,
    })
    await client.connect()
    expect((await client.query('select count(*)::int as n from users')).rows).toEqual([{ n: 1 }])
    await client.end()
    await slipway.stop()
  })
})
