import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { bundleForTests } from '@/lib/testing/programs'
import { readFromPs, readProcesses } from './process-table'
import { ProcessTree } from './process-tree'

const started: number[] = []
afterEach(() => {
  for (const pid of started.splice(0)) {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // It has ended.
    }
  }
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
