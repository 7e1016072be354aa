import { readFileSync } from 'node:fs'
import { type ProcessSample, readProcesses } from './process-table'

/** Looking at every process of the machine may cost at most this share of one CPU. */
const SCAN_SHARE = 0.003

/**
 * The processes that came from one: its session, and whatever descends from a member. A member stays one when its
 * parent dies, so a daemon that forked twice is still counted and still stopped.
 */
export class ProcessTree {
  readonly #session: number
  #members = new Map<number, ProcessSample>()
  #nextScanMs = 0
  #cpuSeconds = 0

  /** @param root a process that leads a session of its own. */
  constructor(root: number) {
    this.#session = root
  }

  /** What the tree uses now. Newcomers are found within a second, on a crowded machine within some. */
  sample(): { cpuSeconds: number; memoryBytes: number; processes: number } {
    const startMs = performance.now()
    if (startMs >= this.#nextScanMs) {
      this.#scan()
      this.#nextScanMs = startMs + (performance.now() - startMs) / SCAN_SHARE
    } else {
      this.#keep(readProcesses([...this.#members.keys()]))
    }
    const members = [...this.#members.values()]
    const cpuSeconds = members.reduce((sum, member) => sum + member.cpuSeconds, 0)
    // A process that nobody waited for takes its time with it; the total must not go back.
    this.#cpuSeconds = Math.max(this.#cpuSeconds, cpuSeconds)
    return {
      cpuSeconds: this.#cpuSeconds,
      memoryBytes: members.reduce((sum, member) => sum + member.residentBytes, 0),
      processes: members.length,
    }
  }

  /** Memory with shared pages counted once; dearer than `sample`, so ask only where it decides something. */
  proportionalMemoryBytes(): number {
    return [...this.#members.values()].reduce((sum, { pid, residentBytes }) => {
      try {
        const match = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))
        return sum + (match ? Number(match[1]) * 1024 : residentBytes)
      } catch {
        return sum + residentBytes
      }
    }, 0)
  }

  /** SIGKILL for every member there is at this moment; returns how many. Repeat until none is left. */
  kill(): number {
    this.#scan()
    for (const pid of this.#members.keys()) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It went by itself.
      }
    }
    return this.#members.size
  }

  /** Drops members that ended, or whose pid is somebody else's by now. */
  #keep(samples: readonly ProcessSample[]): void {
    this.#members = new Map(
      samples
        .filter(sample => this.#members.get(sample.pid)?.startTime === sample.startTime)
        .map(sample => [sample.pid, sample]),
    )
  }

  #scan(): void {
    const all = readProcesses()
    this.#keep(all)
    const children = new Map<number, ProcessSample[]>()
    for (const sample of all) children.set(sample.parent, [...(children.get(sample.parent) ?? []), sample])
    const open = all.filter(sample => sample.session === this.#session || this.#members.has(sample.pid))
    for (let next = open.pop(); next; next = open.pop()) {
      this.#members.set(next.pid, next)
      open.push(...(children.get(next.pid) ?? []).filter(child => !this.#members.has(child.pid)))
    }
  }
}
