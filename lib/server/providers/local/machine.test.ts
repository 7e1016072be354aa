import { expect, test } from 'vitest'
import { thisMachine } from './machine'

const GIB = 1024 ** 3
const whole = { cpus: 8, memoryBytes: 16 * GIB }
const reading = (files: Record<string, string>) => (path: string) => files[path] ?? null
const mib = (bytes: number) => Math.floor(bytes / 1024 ** 2) * 1024 ** 2

test('without limits replicas may have the machine but a tenth', () => {
  expect(thisMachine(reading({}), whole)).toEqual({ cpus: 8, memoryBytes: mib(16 * GIB * 0.9) })
})

test('the limits of a container count, those of the groups above it too', () => {
  const files = {
    '/proc/self/cgroup': '0::/a/b\n',
    '/sys/fs/cgroup/a/b/memory.max': 'max',
    '/sys/fs/cgroup/a/memory.max': String(10 * GIB),
    '/sys/fs/cgroup/a/b/cpu.max': '250000 100000',
    '/sys/fs/cgroup/cpu.max': 'max 100000',
  }
  expect(thisMachine(reading(files), whole)).toEqual({ cpus: 2, memoryBytes: mib(9 * GIB) })
})

test('version 1 groups count; "no limit" there is a huge number or -1', () => {
  const files = {
    '/proc/self/cgroup': '9:cpu,cpuacct:/x\n4:memory:/x\n',
    '/sys/fs/cgroup/memory/x/memory.limit_in_bytes': String(20 * GIB),
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712',
    '/sys/fs/cgroup/cpu/x/cpu.cfs_quota_us': '-1',
    '/sys/fs/cgroup/cpu/x/cpu.cfs_period_us': '100000',
  }
  expect(thisMachine(reading(files), whole)).toEqual({ cpus: 8, memoryBytes: mib(16 * GIB * 0.9) })
})

test('a small machine keeps 512 MiB for itself, a tiny one half; there is always one CPU', () => {
  expect(thisMachine(reading({}), { cpus: 1, memoryBytes: 2 * GIB }).memoryBytes).toBe(1.5 * GIB)
  expect(thisMachine(reading({}), { cpus: 0.5, memoryBytes: GIB / 2 })).toEqual({
    cpus: 1,
    memoryBytes: GIB / 4,
  })
})
