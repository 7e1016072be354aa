import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isSameProcess, processStartTime } from '@/lib/server/process-identity'
import { Deployment, WAIT } from '@/lib/testing/deployment'
import {
  type LocalPlace,
  localSpec,
  makeLocalPlace,
  modelServersOf,
  processesOf,
} from '@/lib/testing/local-place'
import { bundleOwn } from '@/lib/testing/programs'
import type { Target } from '../port'
import { createLocalProvider } from './provider'
import { type ShimFile, shimFile } from './replica-files'
import { attemptFolder } from './replica-paths'
import { pathsOfReplica } from './replica-store'

let place: LocalPlace
let deployment: Deployment
beforeEach(async () => {
  place = await makeLocalPlace()
  deployment = new Deployment({ another: () => createLocalProvider(place.settings), specWith: localSpec })
})
afterEach(() => place.dispose())

const pathsOf = (replicaId: string, attempt = 1) =>
  attemptFolder(pathsOfReplica(place.settings.dataDir, replicaId), attempt)
const readShim = async (replicaId: string): Promise<ShimFile> =>
  shimFile.parse(JSON.parse(await readFile(pathsOf(replicaId).shim, 'utf8')))

/** Runs `apply` in a process of its own and kills that as soon as it has returned. */
async function applyAndDie(target: Target): Promise<void> {
  const { baseEnv: _, ...settings } = place.settings
  const controller = spawn(
    process.execPath,
    [await bundleOwn('apply-local'), JSON.stringify({ settings, target })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, DATABASE_URL: 'postgres://u:hidden@127.0.0.1/x' },
    },
  )
  await once(controller.stdout, 'data')
  controller.kill('SIGKILL')
  await once(controller, 'exit')
}

test('controllers in several processes start one replica once', async () => {
  const replica = deployment.replica()
  const target = deployment.target(replica)
  await Promise.all(Array.from({ length: 4 }, () => applyAndDie(target)))
  await deployment.reach(target, replica.id, 'running')
  expect(await modelServersOf(place.settings)).toHaveLength(1)
})

test('a replica outlives the SIGKILL of who started it, and its end is known with its reason', async () => {
  const replica = deployment.replica()
  const target = deployment.target(replica)
  await applyAndDie(target)
  const report = await deployment.reach(target, replica.id, 'running')
  expect(await modelServersOf(place.settings)).toHaveLength(1)
  const env = JSON.parse(await (await fetch(`${report.address}/env`)).text())
  expect(JSON.stringify(env)).not.toContain('hidden')

  // Nobody is there when it dies.
  await fetch(`${report.address}/signal?name=SIGSEGV`)
  await expect.poll(async () => isSameProcess(await readShim(replica.id)), WAIT).toBe(false)
  deployment.provider = createLocalProvider(place.settings)
  expect(await deployment.report(replica.id)).toMatchObject({
    state: 'failed',
    exit: { code: null, signal: 'SIGSEGV', outOfMemory: false },
    message: 'It was killed by SIGSEGV.',
  })
})

test('a process that has the pid of a dead shim by chance is left alone', async () => {
  const { replica, target } = await deployment.start()
  const real = await readShim(replica.id)
  const bystander = spawn('sleep', ['60'])
  try {
    process.kill(real.pid, 'SIGKILL')
    const pid = bystander.pid ?? 0
    const startTime = `${real.startTime}0`
    const forged: ShimFile = { ...real, pid, startTime, child: { pid, startTime } }
    await writeFile(pathsOf(replica.id).shim, JSON.stringify(forged))
    await deployment.reach(target, replica.id, 'failed')
    await deployment.provider.apply(deployment.target())
    await expect.poll(() => modelServersOf(place.settings), WAIT).toEqual([])
    expect(processStartTime(pid)).not.toBeNull()
  } finally {
    bystander.kill('SIGKILL')
  }
})

test('a shim of another attempt is not taken for this one', async () => {
  const { replica } = await deployment.start()
  const real = await readShim(replica.id)
  await writeFile(pathsOf(replica.id).shim, JSON.stringify({ ...real, nonce: 'another' }))
  expect(await deployment.report(replica.id)).toMatchObject({ state: 'failed' })
})

test('when the shim itself is killed, the replica is reported lost, cleaned up and started again', async () => {
  const { replica, target, ask } = await deployment.start()
  const pid = Number(await ask('/pid'))
  process.kill((await readShim(replica.id)).pid, 'SIGKILL')
  const report = await deployment.reach(target, replica.id, 'failed')
  expect(report.message).toContain('without a report')
  expect(report.exit).toMatchObject({ code: null, signal: null })
  await expect.poll(() => processStartTime(pid), WAIT).toBeNull()
  await deployment.reach(deployment.target({ ...replica, attempt: 2 }), replica.id, 'running', 2)
  expect(await modelServersOf(place.settings)).toHaveLength(1)
})

test('a stop that comes while the shim is starting leaves nothing running', async () => {
  for (let round = 0; round < 5; round++) {
    await deployment.provider.apply(deployment.target(deployment.replica()))
    await deployment.provider.apply(deployment.target())
  }
  await expect
    .poll(async () => {
      await deployment.provider.apply(deployment.target())
      return await processesOf(place.settings.dataDir)
    }, WAIT)
    .toEqual([])
})
