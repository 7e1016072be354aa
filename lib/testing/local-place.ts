import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DEFAULT_ADVANCED, type EndpointSpec } from '@/lib/domain/endpoint/spec'
import { machineEnvironment } from '@/lib/server/env'
import type { LocalSettings } from '@/lib/server/providers/local/settings'
import { bundleForTests } from './programs'
import { sampleSpec } from './specs'

const MIB = 1024 * 1024

/** A data directory and programs of one test, and the processes that came from it. */
export type LocalPlace = { settings: LocalSettings; dispose: () => Promise<void> }

/** Programs are the real shim and, as the model server, the stub. */
export async function makeLocalPlace(changes: Partial<LocalSettings> = {}): Promise<LocalPlace> {
  const root = await mkdtemp(join(tmpdir(), 'slipway-local-'))
  const distDir = join(root, 'dist')
  const dataDir = join(root, 'data')
  await mkdir(distDir)
  await mkdir(dataDir)
  await copyFile(join(await bundleForTests(['shim']), 'shim.mjs'), join(distDir, 'shim.mjs'))
  await copyFile(resolve('lib/testing/stub-model-server.mjs'), join(distDir, 'model-server.mjs'))
  const settings: LocalSettings = {
    dataDir,
    distDir,
    modelsDir: null,
    sampleModelDir: resolve('lib/processes/model-server/sample/model'),
    baseEnv: machineEnvironment(),
    prices: { usdPerCpuHour: null, usdPerGbHour: null, usdPerGpuHour: null },
    machine: () => ({ cpus: 4, memoryBytes: 1024 * MIB }),
    stopGraceSeconds: 5,
    logFileBytes: 256 * 1024,
    logFiles: 100,
    ...changes,
  }
  const dispose = async () => {
    for (const pid of await processesOf(root)) kill(pid)
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  return { settings, dispose }
}

export const localSpec = (env: Record<string, string> = {}): EndpointSpec => ({
  ...sampleSpec({ advanced: { ...DEFAULT_ADVANCED, env } }),
  secretNames: [],
})

/** Processes that mention a folder in their command line, or also in their environment. */
export async function processesOf(
  folder: string,
  where: 'command' | 'anywhere' = 'anywhere',
): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger)
  const matches = await Promise.all(
    pids.map(async pid => {
      if (pid === process.pid) return false
      const files = where === 'command' ? ['cmdline'] : ['cmdline', 'environ']
      const texts = await Promise.all(
        files.map(name => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')),
      )
      return texts.some(text => text.includes(folder))
    }),
  )
  return pids.filter((_, index) => matches[index])
}

export const modelServersOf = ({ distDir }: Pick<LocalSettings, 'distDir'>): Promise<number[]> =>
  processesOf(join(distDir, 'model-server.mjs'), 'command')

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went by itself.
  }
}
