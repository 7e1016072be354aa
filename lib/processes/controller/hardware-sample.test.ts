import { describe, expect, it } from 'vitest'
import { addSample, type Look, sampleBetween, type WindowSummary } from './hardware-sample'

const look = (atMs: number, cpuSeconds: number, attempt = 0): Look => ({
  attempt,
  usage: { at: new Date(atMs).toISOString(), cpuSeconds, memoryBytes: 100, memoryLimitBytes: 200, gpu: null },
})

describe('a sample', () => {
  it('is the share of the instance’s CPUs between two measurements', () => {
    expect(sampleBetween(look(0, 10), look(2_000, 13), 2)?.cpu).toBe(0.75)
  })

  it('does not exist over a restart, or without time between', () => {
    expect(sampleBetween(look(0, 10), look(2_000, 11, 1), 2)).toBeNull()
    expect(sampleBetween(look(0, 10), look(0, 10), 2)).toBeNull()
    expect(sampleBetween(look(0, 10), look(2_000, 1), 2)).toBeNull()
  })
})

describe('a window', () => {
  it('knows smallest, mean and largest, and ends where the next begins', () => {
    let open: WindowSummary | undefined
    for (const [atMs, cpu] of [
      [10_000, 0.2],
      [14_000, 0.6],
      [19_999, 0.1],
    ] as const) {
      open = addSample(open, { atMs, cpu, memoryBytes: atMs, memoryLimitBytes: null, gpu: null })
    }
    expect(open).toMatchObject({ windowStartMs: 10_000, samples: 3, memory: { min: 10_000, max: 19_999 } })
    expect(open?.cpu.min).toBe(0.1)
    expect(open?.cpu.max).toBe(0.6)
    expect(open?.cpu.mean).toBeCloseTo(0.3, 10)
    const next = addSample(open, { atMs: 20_000, cpu: 1, memoryBytes: 1, memoryLimitBytes: null, gpu: null })
    expect(next).toMatchObject({ windowStartMs: 20_000, samples: 1, cpu: { min: 1, mean: 1, max: 1 } })
  })
})
