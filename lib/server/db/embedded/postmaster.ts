import { execFileSync } from 'node:child_process'
import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isSameProcess, type ProcessIdentity, processStartTime } from '@/lib/server/process-identity'
import { EmbeddedDatabaseError } from './failure'

/** A running server of this cluster. */
export type Postmaster = ProcessIdentity & { port: number }

const pidFileOf = (dataFolder: string) => join(dataFolder, 'postmaster.pid')

/**
 * Whether that process is the PostgreSQL of this folder; null when it cannot be told. By its working directory,
 * which is the data folder and stays true when a parent of it is renamed.
 */
async function servesFolder(pid: number, dataFolder: string): Promise<boolean | null> {
  try {
    if (process.platform !== 'linux') {
      const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      return /postgres\b/.test(command) && command.includes(`-D ${dataFolder}`)
    }
    const [program] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    if (!/(^|\/)postgres$/.test(program ?? '')) return false
    const [folder, workingFolder] = await Promise.all([stat(dataFolder), stat(`/proc/${pid}/cwd`)])
    return folder.dev === workingFolder.dev && folder.ino === workingFolder.ino
  } catch {
    return null
  }
}

/**
 * The server that an earlier start left running; null when there is none. Clears away a pid file whose number now
 * belongs to another program, which PostgreSQL itself cannot tell from a live server.
 */
export async function findPostmaster(dataFolder: string): Promise<Postmaster | null> {
  const text = await readFile(pidFileOf(dataFolder), 'utf8').catch(() => '')
  // postmaster.pid: process id, data folder, start time, port, …
  const [first, , , fourth] = text.split('\n')
  const pid = Number(first)
  const startTime = processStartTime(pid)
  // A dead server's file is left to PostgreSQL, which checks for orphans of it before it takes over.
  if (startTime === null) return null
  const serves = await servesFolder(pid, dataFolder)
  if (serves) return { pid, startTime, port: Number(fourth) }
  if (serves === false) await rm(pidFileOf(dataFolder), { force: true })
  return null
}

/** Resolves true when the process is gone, false when it outlived the time. */
export async function waitUntilGone(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isSameProcess(identity)) {
    if (Date.now() > deadline) return false
    await sleep(50)
  }
  return true
}

const FAST_STOP_MS = 60_000
const HARD_STOP_MS = 10_000

/** Fast shutdown (clients are disconnected, everything is flushed), then without ceremony. */
export async function stopPostmaster(postmaster: ProcessIdentity, fastStopMs = FAST_STOP_MS): Promise<void> {
  for (const [signal, timeoutMs] of [
    ['SIGINT', fastStopMs],
    ['SIGQUIT', HARD_STOP_MS],
  ] as const) {
    if (!isSameProcess(postmaster)) return
    process.kill(postmaster.pid, signal)
    if (await waitUntilGone(postmaster, timeoutMs)) return
  }
  throw new EmbeddedDatabaseError(`PostgreSQL (process ${postmaster.pid}) did not stop.`)
}
