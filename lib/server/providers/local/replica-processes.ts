import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** In the environment of every attempt, and so inherited by whatever it starts, daemons included. */
export const NONCE_VARIABLE = 'SLIPWAY_REPLICA_NONCE'

/**
 * Processes that carry this attempt's nonce in their environment: its shim, its model server and all they started.
 * Finds what no file names: a shim that was still starting, a daemon that left its session.
 */
export function findReplicaProcesses(nonce: string): number[] {
  const mark = `${NONCE_VARIABLE}=${nonce}`
  const found = process.platform === 'linux' ? fromProc(mark) : fromPs(mark)
  return found.filter(pid => pid !== process.pid)
}

function fromProc(mark: string): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return pids.filter(pid => {
    try {
      // Empty for a zombie, unreadable for another user's process.
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark)
    } catch {
      return false
    }
  })
}

function fromPs(mark: string): number[] {
  try {
    const answer = execFileSync('ps', ['-axwwE', '-o', 'pid=,command='], {
      encoding: 'utf8',
      env: { NODE_ENV: 'production', PATH: '/bin:/usr/bin', LC_ALL: 'C' },
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return answer
      .split('\n')
      .flatMap(line => (line.split(' ').includes(mark) ? Number.parseInt(line, 10) : []))
  } catch {
    return []
  }
}

/** SIGKILL for each of them; true when there was none left. */
export function killReplicaProcesses(nonce: string): boolean {
  const pids = findReplicaProcesses(nonce)
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It went by itself.
    }
  }
  return pids.length === 0
}
