import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where a started product is, and who may use it. Plain data: it travels to the test workers. */
export type Product = {
  portalUrl: string
  gatewayUrl: string
  dataDir: string
  team: string
  admin: { email: string; password: string; token: string }
  supervisorPid: number
}

export type StartedProduct = Product & {
  /** Everything the start printed so far: the greeting with its curl line, warnings of the programs. */
  output: () => string
  /** Ctrl-C; resolves with the exit code when the last process has ended. */
  stop: () => Promise<number | null>
  /** Removes the data directory. */
  remove: () => Promise<void>
}

type Options = {
  /** Of an earlier start, to continue with its data. */
  dataDir?: string
  env?: Record<string, string>
}

/** A first start bundles and builds as well, unless `npm test` has done it. */
const START_TIMEOUT_MS = 5 * 60_000
const TEAM = 'main'

async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-e2e-'))
  // mkdtemp closes it to all others; PostgreSQL's own account must pass through.
  await chmod(folder, 0o711)
  return join(folder, 'data')
}

/** Runs what `npm start` runs, on free ports with a data directory of its own. */
export async function startProduct({ dataDir, env = {} }: Options = {}): Promise<StartedProduct> {
  const folder = dataDir ?? (await newDataDir())
  const admin = {
    email: env.SLIPWAY_ADMIN_EMAIL ?? 'admin@example.org',
    password: env.SLIPWAY_ADMIN_PASSWORD ?? 'correct horse battery staple',
    token: env.SLIPWAY_ADMIN_TOKEN ?? randomBytes(32).toString('hex'),
  }
  const child = spawn(process.execPath, ['lib/processes/supervisor/bootstrap.mjs'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      SLIPWAY_DATA_DIR: folder,
      PORT: '0',
      SLIPWAY_GATEWAY_PORT: '0',
      SLIPWAY_TEAM: TEAM,
      SLIPWAY_ADMIN_EMAIL: admin.email,
      SLIPWAY_ADMIN_PASSWORD: admin.password,
      SLIPWAY_ADMIN_TOKEN: admin.token,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      output += String(chunk)
    })
  const portalUrl = await printed(child, () => output, /Slipway is running\s+(\S+)/)
  const gatewayUrl = await printed(child, () => output, /Gateway\s+(http\S+)/)
  await printed(child, () => output, /(Ctrl-C) stops everything/)
  return {
    portalUrl,
    gatewayUrl,
    dataDir: folder,
    team: env.SLIPWAY_TEAM ?? TEAM,
    admin,
    supervisorPid: child.pid ?? 0,
    output: () => output,
    stop: () => stop(child),
    remove: () => rm(join(folder, '..'), { recursive: true, force: true }),
  }
}

async function printed(child: ChildProcess, output: () => string, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    const found = pattern.exec(output())?.[1]
    if (found) return found
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The product did not start (${pattern}). It printed:\n${output()}`)
    await sleep(100)
  }
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGINT')
    await once(child, 'exit')
  }
  return child.exitCode
}
