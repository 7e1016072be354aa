import { readFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { dirname, join } from 'node:path'

/** What this machine, or the container Slipway runs in, can give to replicas. */
export type Machine = { cpus: number; memoryBytes: number }

const MIB = 1024 * 1024
const RESERVED_SHARE = 0.1
const RESERVED_BYTES = 512 * MIB

/** Reads a small kernel file; null when there is none. */
export type ReadText = (path: string) => string | null

const readText: ReadText = path => {
  try {
    return readFileSync(path, 'latin1').trim()
  } catch {
    return null
  }
}

export function thisMachine(
  read: ReadText = readText,
  whole: Machine = { cpus: availableParallelism(), memoryBytes: totalmem() },
): Machine {
  const memoryBytes = Math.min(whole.memoryBytes, memoryLimit(read))
  // Portal, gateway, database and the system live here too.
  const reserved = Math.min(Math.max(memoryBytes * RESERVED_SHARE, RESERVED_BYTES), memoryBytes / 2)
  return {
    cpus: Math.max(1, Math.floor(Math.min(whole.cpus, cpuQuota(read)))),
    memoryBytes: Math.floor((memoryBytes - reserved) / MIB) * MIB,
  }
}

function memoryLimit(read: ReadText): number {
  const limits = controlGroups(read, 'memory').map(({ version, folder }) =>
    Number(read(join(folder, version === 2 ? 'memory.max' : 'memory.limit_in_bytes')) ?? Number.NaN),
  )
  return smallest(limits)
}

function cpuQuota(read: ReadText): number {
  const quotas = controlGroups(read, 'cpu').map(({ version, folder }) => {
    const [quota, period] =
      version === 2
        ? (read(join(folder, 'cpu.max')) ?? '').split(' ')
        : [read(join(folder, 'cpu.cfs_quota_us')), read(join(folder, 'cpu.cfs_period_us'))]
    return Number(quota ?? Number.NaN) / Number(period ?? Number.NaN)
  })
  return smallest(quotas)
}

/** "max", -1, 0 and unreadable all mean: no limit here. */
const smallest = (limits: readonly number[]) =>
  Math.min(Number.POSITIVE_INFINITY, ...limits.filter(limit => Number.isFinite(limit) && limit > 0))

type ControlGroup = { version: 1 | 2; folder: string }

/** This process's control group and all above it: each of them may set a limit. */
function controlGroups(read: ReadText, controller: string): ControlGroup[] {
  return (read('/proc/self/cgroup') ?? '').split('\n').flatMap((line): ControlGroup[] => {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line)
    const [names, path] = [match?.[1], match?.[2] ?? '/']
    // Version 2 has one tree for all controllers, and names none.
    if (names === '') return upwards(path).map(part => ({ version: 2, folder: join('/sys/fs/cgroup', part) }))
    if (!names?.split(',').includes(controller)) return []
    return upwards(path).map(part => ({ version: 1, folder: join('/sys/fs/cgroup', controller, part) }))
  })
}

const upwards = (path: string): string[] => (path === '/' ? ['/'] : [path, ...upwards(dirname(path))])
