import { readFileSync } from 'node:fs'
import { replaceJsonFile } from '@/lib/server/providers/local/atomic-file'
import type { UsageFile } from '@/lib/server/providers/local/replica-files'
import type { ProcessTree } from './process-tree'

const SAMPLE_MS = 250
const USAGE_FILE_MS = 2000

type Options = {
  tree: ProcessTree
  nonce: string
  usagePath: string
  memoryLimitBytes: number | null
  onOverLimit: (usedBytes: number) => void
}

/** Samples the tree, holds it to its memory limit and writes down what it uses. */
export class Monitor {
  readonly #options: Options
  readonly #timer: NodeJS.Timeout
  #usageWrittenMs = Number.NEGATIVE_INFINITY
  #kernelKills = kernelOutOfMemoryKills()
  #isOver = false

  constructor(options: Options) {
    this.#options = options
    this.#timer = setInterval(() => this.#tick(), SAMPLE_MS)
    this.#tick()
  }

  /** Whether the kernel killed something for want of memory since the last sample: then it was likely ours. */
  sawKernelKill(): boolean {
    return kernelOutOfMemoryKills() > this.#kernelKills
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const { cpuSeconds, memoryBytes, processes } = this.#options.tree.sample()
    this.#checkLimit(memoryBytes, processes)
    if (performance.now() - this.#usageWrittenMs < USAGE_FILE_MS) return
    this.#usageWrittenMs = performance.now()
    this.#kernelKills = kernelOutOfMemoryKills()
    const usage: UsageFile = {
      nonce: this.#options.nonce,
      cpuSeconds,
      memoryBytes,
      at: new Date().toISOString(),
    }
    try {
      replaceJsonFile(this.#options.usagePath, usage)
    } catch {
      // A full disk costs a sample, not the replica.
    }
  }

  #checkLimit(residentBytes: number, processes: number): void {
    const limit = this.#options.memoryLimitBytes
    if (limit === null || residentBytes <= limit || this.#isOver) return
    // Several processes may share pages that each of them counts.
    const used = processes > 1 ? this.#options.tree.proportionalMemoryBytes() : residentBytes
    if (used <= limit) return
    this.#isOver = true
    this.#options.onOverLimit(used)
  }
}

function kernelOutOfMemoryKills(): number {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
