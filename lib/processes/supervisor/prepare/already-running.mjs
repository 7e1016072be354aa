import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { StartError } from './progress.mjs'

/**
 * Refuses to exchange packages and builds under a Slipway that runs on this data directory. Only a look: the
 * supervisor itself takes the lock, and tells processes apart by more than their number.
 * @param {string} root
 */
export async function refuseIfRunning(root) {
  const dataDir = resolve(root, process.env.SLIPWAY_DATA_DIR || '.slipway')
  const text = await readFile(join(dataDir, 'run', 'supervisor.lock'), 'utf8').catch(() => null)
  const pid = Number(text && JSON.parse(text).pid)
  if (!pid || pid === process.pid) return
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code === 'ESRCH') return
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'node')
  if (!/node|slipway/.test(command)) return
  throw new StartError(
    `Slipway is already running on ${dataDir} (process ${pid}). ` +
      'Stop it first with Ctrl-C, or set SLIPWAY_DATA_DIR to another folder for a second one.',
  )
}
