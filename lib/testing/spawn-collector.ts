import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

let bundled: Promise<string> | undefined

/** Bundled once per test run, below node_modules, from where its packages resolve. */
function bundleCollector(): Promise<string> {
  bundled ??= (async () => {
    const folder = join(process.cwd(), 'node_modules', '.cache', 'slipway-test-collector')
    mkdirSync(folder, { recursive: true })
    const outfile = join(folder, `${process.pid}.mjs`)
    await build({
      entryPoints: [join(process.cwd(), 'lib/testing/log-collector-program.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      alias: { '@': process.cwd() },
    })
    return outfile
  })()
  return bundled
}

export type CollectorPlace = { databaseUrl: string; dataDir: string; outputDir: string }

/** Starts the collector as a process of its own, by the command `within` where there is one; `kill` is SIGKILL. */
export async function spawnCollector(
  { databaseUrl, dataDir, outputDir }: CollectorPlace,
  within: readonly string[] = [],
) {
  const program = await bundleCollector()
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
