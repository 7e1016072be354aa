import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export type ProcessSample = {
  pid: number
  parent: number
  /** The session on Linux; the process group elsewhere, where ps cannot say the session. */
  session: number
  /** Kernel start time: tells a process from a later one with its pid. */
  startTime: string
  /** Of itself and of the children it waited for. */
  cpuSeconds: number
  residentBytes: number
}

/** These processes, or all of them; those that are gone are left out. */
export function readProcesses(pids?: readonly number[]): ProcessSample[] {
  return process.platform === 'linux' ? readFromProc(pids) : readFromPs(pids)
}

function readFromProc(pids?: readonly number[]): ProcessSample[] {
  const wanted = pids ?? readdirSync('/proc').map(Number).filter(Number.isInteger)
  return wanted.flatMap(pid => readStat(pid) ?? [])
}

function readStat(pid: number): ProcessSample | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // From the state on; the name before it may hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    const { pageBytes, ticksPerSecond } = kernelUnits()
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0)
    return {
      pid,
      parent: Number(fields[1]),
      session: Number(fields[3]),
      startTime: fields[19] ?? '',
      cpuSeconds: ticks / ticksPerSecond,
      residentBytes: Number(fields[21]) * pageBytes,
    }
  } catch {
    return null
  }
}

let units: { pageBytes: number; ticksPerSecond: number } | undefined

/** Page size and clock tick from the auxiliary vector: pairs of 64-bit words, AT_PAGESZ is 6, AT_CLKTCK is 17. */
function kernelUnits() {
  if (units) return units
  const found = { pageBytes: 4096, ticksPerSecond: 100 }
  const words = readFileSync('/proc/self/auxv')
  for (let at = 0; at + 16 <= words.length; at += 16) {
    const key = words.readBigUInt64LE(at)
    if (key === 6n) found.pageBytes = Number(words.readBigUInt64LE(at + 8))
    if (key === 17n) found.ticksPerSecond = Number(words.readBigUInt64LE(at + 8))
  }
  units = found
  return found
}

/** Where there is no /proc. Exported for its test. */
export function readFromPs(pids?: readonly number[]): ProcessSample[] {
  const which = pids ? ['-p', pids.join(',')] : ['-ax']
  if (pids?.length === 0) return []
  try {
    const answer = execFileSync('ps', [...which, '-o', 'pid=,ppid=,pgid=,rss=,time=,lstart='], {
      encoding: 'utf8',
      env: { NODE_ENV: 'production', PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return answer.split('\n').flatMap(line => parsePsLine(line) ?? [])
  } catch {
    return []
  }
}

function parsePsLine(line: string): ProcessSample | null {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(?:(\d+)-)?([\d:.]+)\s+(\S.*?)\s*$/.exec(line)
  if (!match) return null
  const [, pid, parent, group, kilobytes, days, clock, startTime] = match
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return {
    pid: Number(pid),
    parent: Number(parent),
    session: Number(group),
    startTime: startTime ?? '',
    cpuSeconds: Number(days ?? 0) * 86_400 + seconds,
    residentBytes: Number(kilobytes) * 1024,
  }
}
