import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processStartTime } from '@/lib/server/process-identity'
import { Deployment, WAIT } from '@/lib/testing/deployment'
import {
  type LocalPlace,
  localSpec,
  makeLocalPlace,
  modelServersOf,
  processesOf,
} from '@/lib/testing/local-place'
import { isNumbered, readLogs } from '@/lib/testing/provider-logs'
import { createLocalProvider } from './provider'
import type { LocalSettings } from './settings'
import { stopAllReplicas } from './shutdown'

let place: LocalPlace
let deployment: Deployment
async function setUp(changes: Partial<LocalSettings> = {}) {
  place = await makeLocalPlace({ stopGraceSeconds: 1, ...changes })
  deployment = new Deployment({ another: () => createLocalProvider(place.settings), specWith: localSpec })
}
beforeEach(() => setUp())
afterEach(() => place.dispose())

test('a replica over its memory limit is killed and reported as out of memory', async () => {
  const { replica, report, ask } = await deployment.start()
  expect(report.usage?.memoryLimitBytes).toBe(256 * 1024 * 1024)
  expect(report.usage?.memoryBytes).toBeGreaterThan(10_000_000)
  await ask(`/grow?bytes=${300 * 1024 * 1024}`).catch(() => 'killed while answering')
  await expect.poll(async () => (await deployment.report(replica.id))?.state, WAIT).toBe('failed')
  const failed = await deployment.report(replica.id)
  expect(failed?.exit).toMatchObject({ code: null, signal: 'SIGKILL', outOfMemory: true })
  expect(failed?.message).toContain('ran out of memory')
  const { texts } = await readLogs(deployment.logs(replica.id))
  expect(texts.at(-1)).toMatch(/^\[slipway\] out of memory: \d+ MB in use, the limit is 268 MB/)
})

test('CPU time is counted up', async () => {
  const { replica, ask } = await deployment.start()
  for (let i = 0; i < 20; i++) await ask('/log?lines=20000')
  await expect
    .poll(async () => (await deployment.report(replica.id))?.usage?.cpuSeconds ?? 0, WAIT)
    .toBeGreaterThan(0.1)
})

test('a replica that ignores SIGTERM is killed after its grace', async () => {
  const { replica } = await deployment.start({ env: { STUB_IGNORE_SIGTERM: '1' } })
  const startMs = Date.now()
  const report = await deployment.reach(deployment.target(), replica.id, 'stopped')
  expect(Date.now() - startMs).toBeGreaterThan(900)
  expect(report.exit).toMatchObject({ signal: 'SIGKILL', outOfMemory: false })
})

test('a daemon that left its parent and session goes with its replica', async () => {
  const { replica, target, ask } = await deployment.start()
  const daemon = Number(await ask('/daemon'))
  expect(processStartTime(daemon)).not.toBeNull()
  await ask('/exit?code=1')
  await deployment.reach(target, replica.id, 'failed')
  await expect.poll(() => processStartTime(daemon), WAIT).toBeNull()
})

test('what fails at its start says why, with the exit code and the last lines', async () => {
  const replica = deployment.replica({ env: { STUB_FAIL: 'no such model' } })
  const report = await deployment.reach(deployment.target(replica), replica.id, 'failed')
  expect(report.exit).toMatchObject({ code: 3 })
  const { texts, hasEnded } = await readLogs({ ...deployment.logs(replica.id), follow: true })
  expect(texts).toEqual(['stub: no such model'])
  expect(hasEnded).toBe(true)
})

test('a replica knows nothing of Slipway, and its secrets are in no file', async () => {
  const replica = {
    ...deployment.replica({ env: { MODE: 'fast' } }),
    secrets: { API_KEY: 'very-secret-value' },
  }
  const report = await deployment.reach(deployment.target(replica), replica.id, 'running')
  const env: Record<string, string> = JSON.parse(await (await fetch(`${report.address}/env`)).text())
  expect(env).toMatchObject({
    MODE: 'fast',
    API_KEY: 'very-secret-value',
    HF_TASK: 'text-classification',
    SLIPWAY_THREADS: '1',
  })
  const machine = Object.keys(place.settings.baseEnv)
  const contract = [
    'HF_MODEL_DIR',
    'HF_TASK',
    'HOST',
    'PORT',
    'SLIPWAY_PORT_FILE',
    'SLIPWAY_THREADS',
    'TMPDIR',
  ]
  const marks = ['SLIPWAY_REPLICA_ID', 'SLIPWAY_REPLICA_NONCE']
  expect(Object.keys(env).sort()).toEqual([...machine, ...contract, ...marks, 'MODE', 'API_KEY'].sort())

  const files = await readdir(place.settings.dataDir, { recursive: true, withFileTypes: true })
  for (const file of files.filter(entry => entry.isFile())) {
    const path = join(file.parentPath, file.name)
    // The port is the model server's own file, in a folder that is closed.
    if (file.name !== 'port') expect((await stat(path)).mode & 0o077, path).toBe(0)
    expect(await readFile(path, 'latin1')).not.toContain('very-secret-value')
  }
})

test('lines rotated away before they were read are counted to the last one', async () => {
  await place.dispose()
  // Files of several pipe buffers (64 KiB), or one piece of output alone would push everything else out.
  await setUp({ logFileBytes: 200_000, logFiles: 3 })
  const { replica, ask } = await deployment.start()
  const first = await readLogs(deployment.logs(replica.id))
  for (let i = 0; i < 20; i++) await ask('/log?lines=100&pad=800')
  await ask('/exit?code=0')
  await deployment.reach(deployment.target(deployment.replica({ id: replica.id })), replica.id, 'failed')
  const rest = await readLogs({ ...deployment.logs(replica.id), since: first.position })
  const kept = rest.texts.filter(isNumbered)
  expect(rest.lostLines).toBeGreaterThan(0)
  expect(kept.length + rest.lostLines).toBe(2000)
  expect(kept.at(-1)).toContain('line 1999 ')
  const folder = join(place.settings.dataDir, 'replicas', replica.id, 'logs')
  expect((await readdir(folder)).length).toBeLessThanOrEqual(3)
})

test('at the end of Slipway all replicas stop, and the next start runs them as if they never had', async () => {
  const { replica, target } = await deployment.start()
  await stopAllReplicas({ dataDir: place.settings.dataDir })
  expect(await processesOf(place.settings.dataDir)).toEqual([])
  expect(await deployment.report(replica.id)).toBeUndefined()
  await deployment.reach(target, replica.id, 'running', 1)
  const { texts } = await readLogs(deployment.logs(replica.id))
  expect(texts.filter(text => text.startsWith('stub: listening'))).toHaveLength(2)
})

test('a forced end does not wait for the grace', async () => {
  await place.dispose()
  await setUp({ stopGraceSeconds: 300 })
  await deployment.start({ env: { STUB_IGNORE_SIGTERM: '1' } })
  const force = new AbortController()
  setTimeout(() => force.abort(), 300)
  await stopAllReplicas({ dataDir: place.settings.dataDir, force: force.signal })
  expect(await modelServersOf(place.settings)).toEqual([])
  expect(await processesOf(place.settings.dataDir)).toEqual([])
})
