import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { becomes } from '@/lib/testing/controller'
import {
  CONTROLLER_PROGRAMS,
  type ControllerProcess,
  spawnController,
} from '@/lib/testing/controller-process'
import { testDatabase } from '@/lib/testing/database'
import {
  insertEndpoint,
  insertRevision,
  readEndpoint,
  readEvents,
  readReplicas,
  setDesired,
} from '@/lib/testing/endpoint'
import { type LocalPlace, localSpec, makeLocalPlace, modelServersOf } from '@/lib/testing/local-place'
import { bundleForTests } from '@/lib/testing/programs'

// The real controller process with the real local provider and shim; only the model server is a stub that does as
// it is told.
const database = testDatabase()
const PATIENCE_MS = 60_000
vi.setConfig({ testTimeout: 180_000 })
let place: LocalPlace
let controller: ControllerProcess | undefined
const made: string[] = []

beforeAll(async () => {
  await bundleForTests(CONTROLLER_PROGRAMS)
  place = await makeLocalPlace()
})

async function start(more: Record<string, string> = {}): Promise<ControllerProcess> {
  const { dataDir, distDir } = place.settings
  controller = await spawnController({
    DATABASE_URL: database.url,
    SLIPWAY_DATA_DIR: dataDir,
    SLIPWAY_DIST_DIR: distDir,
    ...more,
  })
  return controller
}

async function deploy(env: Record<string, string> = {}): Promise<string> {
  const id = await insertEndpoint(database.db, localSpec(env))
  made.push(id)
  return id
}

async function deployRunning(env: Record<string, string> = {}): Promise<string> {
  const id = await deploy(env)
  await becomes(database.db, id, 'running', PATIENCE_MS)
  return id
}

async function ask(endpointId: string, path: string): Promise<string> {
  const replica = (await readReplicas(database.db, endpointId)).find(each => each.state === 'running')
  return await (await fetch(`${replica?.address}${path}`)).text()
}

async function remove(endpointId: string): Promise<void> {
  await setDesired(database.db, endpointId, 'absent')
  await expect
    .poll(async () => (await readEndpoint(database.db, endpointId)).removedAt, { timeout: PATIENCE_MS })
    .not.toBeNull()
}

afterEach(async () => {
  if (!controller || controller.child.exitCode !== null) await start()
  for (const id of made.splice(0)) await remove(id)
  await controller?.end('SIGHUP')
  controller = undefined
})
afterAll(async () => {
  await controller?.end('SIGKILL')
  await place.dispose()
})

describe('a controller killed with SIGKILL', () => {
  it('leaves endpoints answering; the next adopts them, doubles none, and tells how others died', async () => {
    const killed = await start()
    const [kept, lost] = [await deployRunning(), await deployRunning()]
    const pid = await ask(kept, '/pid')
    await killed.end('SIGKILL')
    expect(await ask(kept, '/pid')).toBe(pid)
    await ask(lost, '/exit?code=7')
    await expect.poll(async () => (await modelServersOf(place.settings)).length).toBe(1)

    await start()
    await expect
      .poll(async () => (await readReplicas(database.db, lost))[0]?.restarts, { timeout: PATIENCE_MS })
      .toBe(1)
    await becomes(database.db, lost, 'running', PATIENCE_MS)
    expect((await readEvents(database.db, lost, 'replicaExited'))[0]).toMatchObject({
      message: 'r1-1: It exited with code 7.',
      data: { exit: { code: 7, signal: null, outOfMemory: false } },
    })
    expect(await ask(kept, '/pid')).toBe(pid)
    expect((await readReplicas(database.db, kept)).map(each => each.restarts)).toEqual([0])
    expect(await modelServersOf(place.settings)).toHaveLength(2)
  })
})

describe('an endpoint on this machine', () => {
  it('whose model server cannot start becomes failed, with its last lines', async () => {
    await start()
    const id = await deploy({ STUB_FAIL: 'no weights in this folder' })
    await becomes(database.db, id, 'failed', PATIENCE_MS)
    expect((await readEndpoint(database.db, id)).errorMessage).toBe(
      'r1-1: It exited with code 3. It ended 5 times in a row. Its last lines:\n' +
        'stub: no weights in this folder\n'.repeat(5).trimEnd(),
    )
    expect(await modelServersOf(place.settings)).toEqual([])
  })

  it('tells its phases, rolls to a new revision, pauses, resumes, and leaves nothing when deleted', async () => {
    await start()
    const id = await deployRunning({ STUB_READY_AFTER_MS: '1500' })
    const phases = await readEvents(database.db, id, 'replicaPhase')
    expect(phases.map(event => event.data?.to)).toContain('downloading')

    const spec: EndpointSpec = localSpec({ COLOUR: 'green' })
    await insertRevision(database.db, id, spec)
    await expect
      .poll(async () => (await readEndpoint(database.db, id)).servingRevision, { timeout: PATIENCE_MS })
      .toBe(2)
    expect(JSON.parse(await ask(id, '/env'))).toMatchObject({ COLOUR: 'green' })

    await setDesired(database.db, id, 'paused')
    await becomes(database.db, id, 'paused', PATIENCE_MS)
    expect(await modelServersOf(place.settings)).toEqual([])
    await setDesired(database.db, id, 'present')
    await becomes(database.db, id, 'running', PATIENCE_MS)

    made.length = 0
    await remove(id)
    expect(await modelServersOf(place.settings)).toEqual([])
    expect(readdirSync(join(place.settings.dataDir, 'replicas'))).toEqual([])
    expect((await readReplicas(database.db, id)).every(each => each.logsEndedAt !== null)).toBe(true)
  })

  it('does all this without NOTIFY, only slower', async () => {
    await start({ SLIPWAY_NOTIFY: '0' })
    const id = await deployRunning()
    await setDesired(database.db, id, 'paused')
    await becomes(database.db, id, 'paused', PATIENCE_MS)
  })
})

describe('an orderly stop', () => {
  it('by SIGTERM stops the replicas; the next start runs them again', async () => {
    const stopped = await start()
    const id = await deployRunning()
    expect(await stopped.end('SIGTERM')).toBe(0)
    expect(await modelServersOf(place.settings)).toEqual([])
    expect(await readEndpoint(database.db, id)).toMatchObject({ desired: 'present', state: 'pending' })
    expect(existsSync(join(place.settings.dataDir, 'run', 'controller.json'))).toBe(false)
    await start()
    await becomes(database.db, id, 'running', PATIENCE_MS)
    expect(await readEvents(database.db, id, 'replicaExited')).toEqual([])
  })

  it('by SIGHUP ends the controller alone', async () => {
    const replaced = await start()
    const id = await deployRunning()
    const pid = await ask(id, '/pid')
    expect(await replaced.end('SIGHUP')).toBe(0)
    expect((await readEndpoint(database.db, id)).leaseHolder).toBeNull()
    await start()
    await expect.poll(async () => (await readEndpoint(database.db, id)).leaseHolder).not.toBeNull()
    expect(await ask(id, '/pid')).toBe(pid)
  })
})
