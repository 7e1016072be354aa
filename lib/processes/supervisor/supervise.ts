import { closeDatabase, openDatabase } from '@/lib/server/db/client'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { type Env, inheritedEnvironment, parseEnv } from '@/lib/server/env'
import { checkSealingKey } from './check-key'
import { prepareDataDirectory } from './data-directory'
import { openOwnOrExternal } from './database'
import { prepareFirstStart } from './first-start'
import { greet } from './greeting'
import { takeInstanceLock } from './instance-lock'
import { findLaunched } from './launch-record'
import { claimPort } from './ports'
import { Program } from './program'
import { definePrograms } from './programs'
import { StartFailure } from './start-failure'
import { type Running, stopAll } from './stop-all'
import { onStopSignals } from './stop-signals'
import { step } from './terminal'
import { watchDatabase } from './watch-database'

/** Starts everything and returns; what it started, the timers and the signals keep the process alive. */
export async function supervise(): Promise<void> {
  const settings = readSettings()
  settings.SLIPWAY_DATA_DIR = await prepareDataDirectory(settings.SLIPWAY_DATA_DIR)
  const lock = takeInstanceLock(settings.SLIPWAY_DATA_DIR)
  const running: Running = {
    dataDir: settings.SLIPWAY_DATA_DIR,
    stopRequested: new AbortController(),
    starting: Promise.resolve(),
  }
  onStopSignals(running, lock)
  try {
    await claimPorts(settings)
    running.starting = start(settings, running)
    await running.starting
  } catch (error) {
    // Stopped on request in the middle of the start: whoever handles the signal does the rest.
    if (running.stopRequested.signal.aborted) return
    await stopAll(running)
    lock.release()
    throw error
  }
}

function readSettings(): Env {
  try {
    return parseEnv(inheritedEnvironment())
  } catch (error) {
    throw new StartFailure(error instanceof Error ? error.message : String(error))
  }
}

/** A port held by what an earlier supervisor left running is ours: to adopt or to free. */
async function claimPorts(settings: Env): Promise<void> {
  const { HOST: host, SLIPWAY_DATA_DIR: dataDir } = settings
  const isOurs = (name: string, port: number) => port !== 0 && findLaunched(dataDir, name)?.port === port
  if (!isOurs('portal', settings.PORT))
    settings.PORT = await claimPort({ port: settings.PORT, host, variable: 'PORT', purpose: 'portal' })
  if (!isOurs('gateway', settings.SLIPWAY_GATEWAY_PORT))
    settings.SLIPWAY_GATEWAY_PORT = await claimPort({
      port: settings.SLIPWAY_GATEWAY_PORT,
      host,
      variable: 'SLIPWAY_GATEWAY_PORT',
      purpose: 'gateway',
    })
}

async function start(settings: Env, running: Running): Promise<void> {
  const { signal } = running.stopRequested
  const database = await step('Database is ready', () => openOwnOrExternal(settings))
  running.database = database
  running.databaseWatch = watchDatabase(database, settings.SLIPWAY_DATA_DIR)
  signal.throwIfAborted()
  await step('Schema is up to date', () => migrateDatabase(database.directUrl))
  const db = openDatabase(database.url, { max: 2, applicationName: 'slipway-supervisor' })
  try {
    await checkSealingKey(db)
    const programs = definePrograms(settings, database)
    for (const name of ['controller', 'gateway', 'portal'] as const) {
      signal.throwIfAborted()
      running[name] = new Program(programs[name], settings.SLIPWAY_DATA_DIR)
      await running[name].start(signal)
    }
    const account = await prepareFirstStart(db, settings)
    await greet({ db, settings, account, signal })
  } finally {
    await closeDatabase(db)
  }
}
