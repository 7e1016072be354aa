import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isSameProcess, type ProcessIdentity, processStartTime } from '@/lib/server/process-identity'
import type { Binaries } from './binaries'
import { serverEnvironment } from './cluster'
import { EmbeddedDatabaseError } from './failure'
import type { OsUser } from './os-user'
import { chooseFreePort } from './port'
import { type Postmaster, stopPostmaster } from './postmaster'
import { ensureDatabase, waitUntilReady } from './ready'
import { fatalLines, openServerLog, sizeOfLog } from './server-log'

export type Launch = {
  home: string
  dataFolder: string
  binaries: Binaries
  user: OsUser
  settings: Readonly<Record<string, string>>
  logFile: string
  urlOf: (port: number) => string
  port: number | undefined
}

const ATTEMPTS = 10
const ATTEMPT_PAUSE_MS = 500

/** Passes by itself: a port taken between our look and the bind, and children that outlive a killed server. */
const PASSING_TROUBLE = /could not bind|could not create any TCP|pre-existing shared memory/

/** Starts the server on its recorded port, or another free one, and waits until it answers. */
export async function launch(plan: Launch): Promise<Postmaster> {
  const portFile = join(plan.home, 'port')
  const kept = Number(await readFile(portFile, 'utf8').catch(() => ''))
  for (let attempt = 1; ; attempt++) {
    const port = plan.port ?? (await chooseFreePort(attempt === 1 ? kept : null))
    const logStart = sizeOfLog(plan.logFile)
    const identity = spawnServer(plan, port)
    try {
      await waitUntilReady(plan.urlOf(port), () => isSameProcess(identity))
      await ensureDatabase(plan.urlOf(port))
      await writeFile(portFile, `${port}\n`, { mode: 0o600 })
      return { ...identity, port }
    } catch (error) {
      const hadExited = !isSameProcess(identity)
      await stopPostmaster(identity)
      if (!hadExited) throw error
      const reason = await fatalLines(plan.logFile, logStart)
      if (attempt < ATTEMPTS && PASSING_TROUBLE.test(reason)) {
        await sleep(ATTEMPT_PAUSE_MS)
        continue
      }
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
  const log = openServerLog(logFile)
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
