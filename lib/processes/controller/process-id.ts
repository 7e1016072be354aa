import { createHash } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { processStartTime } from '@/lib/server/process-identity'

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10)

/** Two containers may share a host name; where pids mean different things they must not judge each other. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

const machine = () => digest(`${hostname()} ${pidNamespace()}`)

/**
 * Names this controller in `processes` and in leases: `controller-<host>-<machine>-<pid>-<start>`. With the start
 * time in it, the name says forever whether that very process is alive.
 */
export function controllerId(pid = process.pid): string {
  const startTime = processStartTime(pid)
  if (startTime === null) throw new Error(`Process ${pid} is gone.`)
  const host = hostname().replace(/[^A-Za-z0-9]+/g, '-')
  return `controller-${host}-${machine()}-${pid}-${digest(startTime)}`
}

/**
 * Whether a lease's holder is known to be dead, so that its lease need not run out first. False for a process of
 * another machine: of that only time can tell.
 */
export function isDeadHere(holder: string): boolean {
  const match = /-([0-9a-f]{10})-(\d+)-([0-9a-f]{10})$/.exec(holder)
  if (!match || match[1] !== machine()) return false
  const startTime = processStartTime(Number(match[2]))
  return startTime === null || digest(startTime) !== match[3]
}
