import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process beyond its number: the kernel hands the same pid out again, but not with the same start time. */
export type ProcessIdentity = { pid: number; startTime: string }

/**
 * When the kernel started this process, as an opaque text to compare; null when no such process is alive. A zombie
 * counts as dead: it can neither answer nor be signalled, and where pid 1 does not reap it would stay for ever.
 */
export function processStartTime(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

/** Whether the process that had this identity still runs. Ask right before every signal. */
export function isSameProcess({ pid, startTime }: ProcessIdentity): boolean {
  return startTime !== '' && processStartTime(pid) === startTime
}

/** Start times count from boot, so the boot is part of them: after a reboot no old identity may match. */
let bootId: string | undefined

function fromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The program's name stands in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startTicks] = [fields[0], fields[19]]
    if (startTicks === undefined || state === 'Z' || state === 'X') return null
    bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    return `${bootId}/${startTicks}`
  } catch {
    return null
  }
}

function fromPs(pid: number): string | null {
  try {
    const answer = execFileSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { NODE_ENV: 'production', PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const match = /^\s*(\S+)\s+(\S.*?)\s*$/.exec(answer)
    return match?.[2] && !match[1]?.startsWith('Z') ? match[2] : null
  } catch {
    return null
  }
}
