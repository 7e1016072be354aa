import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { logFileName } from '@/lib/server/providers/local/log-format'
import { type ReplicaFile, replicaFile, statusFile } from '@/lib/server/providers/local/replica-files'
import { attemptPaths } from '@/lib/server/providers/local/replica-paths'
import { NONCE_VARIABLE } from '@/lib/server/providers/local/replica-processes'
import { bundleForTests } from '@/lib/testing/programs'
import { readFromPs, readProcesses } from './process-table'
import { ProcessTree } from './process-tree'

const started: number[] = []
const roots: string[] = []
afterEach(async () => {
  for (const pid of started.splice(0)) {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true, maxRetries: 5 })
})

/** A shell in a session of its own; resolves with its pid once it has printed `ready`. */
async function startShell(script: string): Promise<number> {
  const shell = spawn('sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  const pid = shell.pid ?? 0
  started.push(pid)
  await once(shell.stdout, 'data')
  return pid
}

test('the shim needs nothing but Node', async () => {
  const source = await readFile(join(await bundleForTests(['shim']), 'shim.mjs'), 'utf8')
  const imported = [...source.matchAll(/^(?:import|\} from) .*?["']([^"']+)["'];?$/gm)].map(match => match[1])
  expect(imported.length).toBeGreaterThan(5)
  expect(imported.filter(name => !name?.startsWith('node:'))).toEqual([])
})

/** An attempt of a replica that says so, in a folder of its own. */
async function makeAttempt(script: string) {
  const root = await mkdtemp(join(tmpdir(), 'slipway-shim-'))
  roots.push(root)
  const paths = attemptPaths(root)
  const nonce = randomUUID()
  const file: ReplicaFile = {
    replicaId: 'one',
    revision: 1,
    attempt: 1,
    nonce,
    command: '/bin/sh',
    args: ['-c', script],
    cwd: root,
    logFolder: join(root, 'logs'),
    logFileBytes: 1_000_000,
    logFiles: 4,
    memoryLimitBytes: null,
    stopGraceSeconds: 2,
  }
  await writeFile(paths.replica, JSON.stringify(file))
  const program = join(await bundleForTests(['shim']), 'shim.mjs')
  const start = () => {
    const env = { ...process.env, [NONCE_VARIABLE]: nonce }
    const shim = spawn(process.execPath, [program, paths.replica], { detached: true, stdio: 'inherit', env })
    started.push(shim.pid ?? 0)
    return once(shim, 'exit')
  }
  const status = async () => statusFile.parse(JSON.parse(await readFile(paths.status, 'utf8')))
  return { root, paths, start, status }
}

test('of several shims of one attempt, exactly one starts it', async () => {
  const { root, start, status } = await makeAttempt('echo started >> starts; sleep 1; exit 5')
  await Promise.all(Array.from({ length: 6 }, start))
  expect(await readFile(join(root, 'starts'), 'utf8')).toBe('started\n')
  expect(await status()).toMatchObject({ code: 5, requested: false })
})

test('a wish to stop that is older than the shim keeps the replica from starting', async () => {
  const { root, paths, start, status } = await makeAttempt('echo started > starts')
  await writeFile(paths.stop, '{}')
  await start()
  expect(await status()).toMatchObject({ code: null, signal: null, requested: true })
  await expect(access(join(root, 'starts'))).rejects.toThrow('ENOENT')
})

test('what cannot be started says so in status and log', async () => {
  const { root, paths, start, status } = await makeAttempt('')
  const file = replicaFile.parse(JSON.parse(await readFile(paths.replica, 'utf8')))
  await writeFile(paths.replica, JSON.stringify({ ...file, command: '/no/such/program' }))
  await start()
  expect(await status()).toMatchObject({ error: 'spawn /no/such/program ENOENT', logLines: 1 })
  expect(await readFile(join(root, 'logs', logFileName(1)), 'utf8')).toContain(
    'could not start /no/such/program',
  )
})

test('a tree has children, grandchildren and those whose parent is gone, and dies whole', async () => {
  const pid = await startShell('(sleep 60 & sleep 60; true) & sh -c "sleep 60 & exit 0"; echo ready; wait')
  const tree = new ProcessTree(pid)
  // The shell, the subshell with two sleeps, the orphaned sleep.
  await expect.poll(() => tree.sample().processes).toBe(5)
  const sample = tree.sample()
  expect(sample.memoryBytes).toBeGreaterThan(1_000_000)
  expect(tree.proportionalMemoryBytes()).toBeLessThan(sample.memoryBytes)
  tree.kill()
  await expect.poll(() => tree.kill()).toBe(0)
})

test('/proc and ps agree on what a process is', async () => {
  const pid = await startShell('echo ready; while :; do :; done')
  await expect.poll(() => readProcesses([pid])[0]?.cpuSeconds ?? 0, { timeout: 10_000 }).toBeGreaterThan(1.1)
  const [fromProc] = readProcesses([pid])
  const [fromPs] = readFromPs([pid])
  expect(fromPs).toMatchObject({ pid, parent: process.pid, session: pid })
  expect(fromProc).toMatchObject({ pid, parent: process.pid, session: pid })
  // The kernel sums the two from counters of different exactness.
  const ratio = (fromPs?.residentBytes ?? 0) / (fromProc?.residentBytes ?? 0)
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
  expect(Math.abs((fromPs?.cpuSeconds ?? 0) - (fromProc?.cpuSeconds ?? 0))).toBeLessThan(1.5)
  expect(readFromPs().length).toBeGreaterThan(5)
})
