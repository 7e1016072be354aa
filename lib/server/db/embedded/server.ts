import { join } from 'node:path'
import { isSameProcess, type ProcessIdentity } from '@/lib/server/process-identity'
import { findDistribution, reachableBinaries } from './binaries'
import { dataFolderOf, ensureCluster, keptPassword, SUPERUSER } from './cluster'
import { knownHome, settleHome } from './home'
import { launch } from './launch'
import { chooseOsUser } from './os-user'
import { findPostmaster, type Postmaster, stopPostmaster } from './postmaster'
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
  /** This port and no other: for a restart under programs that know it. */
  port?: number
}

const DATABASE = 'slipway'

/**
 * Starts the PostgreSQL of a data directory, or adopts the one that runs there. It is a process group of its own
 * and survives whoever started it. The caller holds the instance lock of the directory.
 * @throws EmbeddedDatabaseError with a sentence for the person at the terminal
 */
export async function startEmbedded({ dataDir, settings = {}, port }: Options): Promise<EmbeddedServer> {
  const user = await chooseOsUser(dataFolderOf(await knownHome(dataDir)))
  const home = await settleHome(dataDir, user)
  const dataFolder = dataFolderOf(home)
  const password = await keptPassword(home)
  const urlOf = (port: number) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`

  const left = await adopt(dataFolder, urlOf)
  if (left) return { ...left, url: urlOf(left.port), adopted: true, stop: () => stopPostmaster(left) }

  const binaries = await reachableBinaries(await findDistribution(), home, user)
  await ensureCluster(home, binaries, user)
  const logFile = join(dataDir, 'log', 'postgres.log')
  const started = await launch({ home, dataFolder, binaries, user, settings, logFile, urlOf, port })
  return { ...started, url: urlOf(started.port), adopted: false, stop: () => stopPostmaster(started) }
}

async function adopt(dataFolder: string, urlOf: (port: number) => string): Promise<Postmaster | null> {
  const left = await findPostmaster(dataFolder)
  if (!left) return null
  try {
    await waitUntilReady(urlOf(left.port), () => isSameProcess(left))
    await ensureDatabase(urlOf(left.port))
    return left
  } catch (error) {
    // It was on its way out; a new one can take its place.
    if (!isSameProcess(left)) return null
    throw error
  }
}
