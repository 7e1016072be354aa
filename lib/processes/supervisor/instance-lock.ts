import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isSameProcess, processStartTime } from '@/lib/server/process-identity'
import { codeOf, StartFailure } from './start-failure'

const holder = z.object({ pid: z.number().int(), startTime: z.string() })

export type InstanceLock = { release: () => void }

const ATTEMPTS = 5

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function liveHolder(text: string): number | null {
  try {
    const parsed = holder.parse(JSON.parse(text))
    return isSameProcess(parsed) ? parsed.pid : null
  } catch {
    return null
  }
}

/**
 * One supervisor per data directory. The lock appears whole (a link to a finished file), names its process beyond
 * the pid, and a stale one is moved away only if it is still the one that was judged.
 */
export function takeInstanceLock(dataDir: string): InstanceLock {
  const path = join(dataDir, 'run', 'supervisor.lock')
  const own = `${path}.${process.pid}`
  const content = JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid) })
  writeFileSync(own, content, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        linkSync(own, path)
        return { release: () => read(path) === content && rmSync(path, { force: true }) }
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
      }
      const found = read(path)
      const pid = liveHolder(found)
      if (pid !== null) throw runningAlready(dataDir, pid)
      moveStaleAway(path, found)
    }
    throw runningAlready(dataDir, null)
  } finally {
    rmSync(own, { force: true })
  }
}

function moveStaleAway(path: string, judged: string): void {
  const grave = `${path}.stale.${process.pid}`
  try {
    renameSync(path, grave)
    // Another start took over between our look and the rename: give its lock back.
    if (read(grave) !== judged) linkSync(grave, path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(grave, { force: true })
  }
}

const runningAlready = (dataDir: string, pid: number | null) =>
  new StartFailure(
    `Slipway is already running on ${dataDir}${pid === null ? '' : ` (process ${pid})`}. ` +
      'Stop it first with Ctrl-C, or set SLIPWAY_DATA_DIR to another folder for a second one.',
  )
