import type { ReplicaUsage } from '@/lib/server/providers/port'

/** Width of the finest windows that are stored. */
export const WINDOW_MS = 10_000

/** One look at a replica: shares and bytes of that moment. */
export type Sample = {
  atMs: number
  /** Share of the instance type's CPUs since the look before. */
  cpu: number
  memoryBytes: number
  memoryLimitBytes: number | null
  gpu: { utilisation: number; memoryBytes: number } | null
}

/** One measurement of one attempt. */
export type Look = { attempt: number; usage: ReplicaUsage }

/** CPU is a rate, so it takes two looks at the same attempt; null where there is nothing to compare with. */
export function sampleBetween(before: Look, now: Look, cpus: number): Sample | null {
  const atMs = Date.parse(now.usage.at)
  const seconds = (atMs - Date.parse(before.usage.at)) / 1000
  const usedSeconds = now.usage.cpuSeconds - before.usage.cpuSeconds
  if (before.attempt !== now.attempt || seconds <= 0 || usedSeconds < 0) return null
  const { memoryBytes, memoryLimitBytes, gpu } = now.usage
  return { atMs, cpu: usedSeconds / seconds / cpus, memoryBytes, memoryLimitBytes, gpu }
}

type Spread = { min: number; mean: number; max: number }

/** What a window knows so far. Merging is by count, so the mean is exact. */
export type WindowSummary = {
  windowStartMs: number
  samples: number
  cpu: Spread
  memory: Spread
  memoryLimit: number | null
  gpu: Spread | null
  gpuMemory: Spread | null
}

const widen = (spread: Spread | null | undefined, value: number, before: number): Spread =>
  spread
    ? {
        min: Math.min(spread.min, value),
        mean: spread.mean + (value - spread.mean) / (before + 1),
        max: Math.max(spread.max, value),
      }
    : { min: value, mean: value, max: value }

/** Adds a sample to its window; a sample of a later window begins a new one. */
export function addSample(open: WindowSummary | undefined, sample: Sample): WindowSummary {
  const windowStartMs = Math.floor(sample.atMs / WINDOW_MS) * WINDOW_MS
  const same = open?.windowStartMs === windowStartMs ? open : undefined
  const before = same?.samples ?? 0
  return {
    windowStartMs,
    samples: before + 1,
    cpu: widen(same?.cpu, sample.cpu, before),
    memory: widen(same?.memory, sample.memoryBytes, before),
    memoryLimit: sample.memoryLimitBytes,
    gpu: sample.gpu ? widen(same?.gpu, sample.gpu.utilisation, before) : null,
    gpuMemory: sample.gpu ? widen(same?.gpuMemory, sample.gpu.memoryBytes, before) : null,
  }
}
