import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readLiveRunFile } from '@/lib/processes/run-file'
import { bundleForTests } from './programs'

/** To be bundled before anything else asks: the first call decides what is. */
export const CONTROLLER_PROGRAMS = ['controller', 'shim', 'model-server']

export type ControllerProcess = {
  child: ChildProcess
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

/** The real controller, as the supervisor starts it; resolves when it says that it is ready. */
export async function spawnController(
  environment: { DATABASE_URL: string; SLIPWAY_DATA_DIR: string; SLIPWAY_DIST_DIR: string } & Record<
    string,
    string
  >,
): Promise<ControllerProcess> {
  const program = join(await bundleForTests(CONTROLLER_PROGRAMS), 'controller.mjs')
  const log = openSync(join(environment.SLIPWAY_DATA_DIR, 'controller.log'), 'a')
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', log, log],
    detached: true,
  })
  const isReady = () => readLiveRunFile('controller', environment.SLIPWAY_DATA_DIR)?.pid === child.pid
  await expect.poll(isReady, { timeout: 20_000, interval: 50 }).toBe(true)
  return {
    child,
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}
