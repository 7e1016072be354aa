import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { bundleOwn } from './programs'

export type CollectorPlace = { databaseUrl: string; dataDir: string; outputDir: string }

/** Starts the collector as a process of its own, by the command `within` where there is one; `kill` is SIGKILL. */
export async function spawnCollector(
  { databaseUrl, dataDir, outputDir }: CollectorPlace,
  within: readonly string[] = [],
) {
  const program = await bundleOwn('log-collector-program')
  const [command = process.execPath, ...args] = [
    ...within,
    process.execPath,
    program,
    databaseUrl,
    dataDir,
    outputDir,
  ]
  const child: ChildProcess = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, SLIPWAY_DATA_DIR: dataDir },
  })
  return {
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
