import { spawn } from 'node:child_process'
import { closeSync, fstatSync, mkdirSync, openSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSameProcess, type ProcessIdentity, processStartTime } from '@/lib/server/process-identity'
import { type Binaries, findDistribution, reachableBinaries } from './binaries'
import { dataFolderOf, ensureCluster, keptPassword, SUPERUSER, serverEnvironment } from './cluster'
import { EmbeddedDatabaseError } from './failure'
import { knownHome, settleHome } from './home'
import { chooseOsUser, type OsUser } from './os-user'
import { chooseFreePort } from './port'
import { findPostmaster, stopPostmaster } from './postmaster'
import { ensureDatabase, waitUntilReady } from './ready'

export type EmbeddedServer = ProcessIdentity & {
  port: number
  /** Of Slipway's own database; contains the password. */
  url: string
  /** True when an earlier start had left it running. */
  adopted: boolean
  stop(): Promise<void>
}

type Options = {
  dataDir: string
  /** Server settings, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Readonly<Record<string, string>>
}

const DATABASE = 'slipway'
const PORT_ATTEMPTS = 3

/**
 * Starts the PostgreSQL of a data directory, or adopts the one that runs there. It is a process group of its own
 * and survives whoever started it. The caller holds the instance lock of the directory.
 * @throws EmbeddedDatabaseError with a sentence for the person at the terminal
 */
export async function startEmbedded({ dataDir, settings = {} }: Options): Promise<EmbeddedServer> {
  const user = await chooseOsUser(dataFolderOf(await knownHome(dataDir)))
  const home = await settleHome(dataDir, user)
  const dataFolder = dataFolderOf(home)
  const password = await keptPassword(home)
  const urlOf = (port: number) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`

  const left = await findPostmaster(dataFolder)
  if (left) {
    await waitUntilReady(urlOf(left.port), () => isSameProcess(left))
    await ensureDatabase(urlOf(left.port))
    return { ...left, url: urlOf(left.port), adopted: true, stop: () => stopPostmaster(left) }
  }

  const binaries = await reachableBinaries(await findDistribution(), home, user)
  await ensureCluster(home, binaries, user)
  const logFile = join(dataDir, 'log', 'postgres.log')
  mkdirSync(join(dataDir, 'log'), { recursive: true, mode: 0o700 })
  const started = await launchOnFreePort({ home, dataFolder, binaries, user, settings, logFile, urlOf })
  return { ...started, url: urlOf(started.port), adopted: false, stop: () => stopPostmaster(started) }
}

type Launch = {
  home: string
  dataFolder: string
  binaries: Binaries
  user: OsUser
  settings: Readonly<Record<string, string>>
  logFile: string
  urlOf: (port: number) => string
}

async function launchOnFreePort(launch: Launch): Promise<ProcessIdentity & { port: number }> {
  const portFile = join(launch.home, 'port')
  const kept = Number(await readFile(portFile, 'utf8').catch(() => ''))
  for (let attempt = 1; ; attempt++) {
    const port = await chooseFreePort(attempt === 1 ? kept : null)
    const logStart = sizeOf(launch.logFile)
    const identity = spawnServer(launch, port)
    try {
      await waitUntilReady(launch.urlOf(port), () => isSameProcess(identity))
      await ensureDatabase(launch.urlOf(port))
      await writeFile(portFile, `${port}\n`, { mode: 0o600 })
      return { ...identity, port }
    } catch (error) {
      await stopPostmaster(identity)
      const reason = await readFatal(launch.logFile, logStart)
      // Somebody took the port between our look and PostgreSQL's bind.
      if (attempt < PORT_ATTEMPTS && /could not (bind|create any TCP)/.test(reason)) continue
      if (!(error instanceof EmbeddedDatabaseError)) throw error
      throw new EmbeddedDatabaseError(`PostgreSQL did not start: ${reason || error.message}`)
    }
  }
}

function spawnServer(
  { dataFolder, binaries, user, settings, logFile }: Launch,
  port: number,
): ProcessIdentity {
  const fixed = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const flags = Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logFile, 'a', 0o600)
  try {
    const child = spawn(binaries.postgres, ['-D', dataFolder, '-p', String(port), ...flags], {
      cwd: '/',
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
      ...(user ?? {}),
    })
    // Without a listener a failed spawn would end this process; the missing pid says it below.
    child.on('error', () => {})
    child.unref()
    const startTime = child.pid === undefined ? null : processStartTime(child.pid)
    if (child.pid === undefined || startTime === null)
      throw new EmbeddedDatabaseError(`PostgreSQL could not be started from ${binaries.postgres}.`)
    return { pid: child.pid, startTime }
  } finally {
    closeSync(log)
  }
}

function sizeOf(file: string): number {
  const fd = openSync(file, 'a', 0o600)
  try {
    return fstatSync(fd).size
  } finally {
    closeSync(fd)
  }
}

/** What PostgreSQL wrote about its failure since this start. */
async function readFatal(logFile: string, from: number): Promise<string> {
  const text = (await readFile(logFile)).subarray(from).toString('utf8')
  return text
    .split('\n')
    .filter(line => /\b(FATAL|PANIC|LOG: {2}could not bind)/.test(line))
    .map(line => line.replace(/^.*?\b(FATAL|PANIC|LOG): */, ''))
    .join(' ')
}
