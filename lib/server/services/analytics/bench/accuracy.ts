import { Sketch } from '@/lib/domain/latency/sketch'
import { normalOf, randomOf } from './sketch-pool'

/** Windows of 10 s in 7.2 hours. */
const WINDOWS = 2_592
const PER_WINDOW = 100
const QUANTILES = [0.5, 0.9, 0.95, 0.99, 0.999]

const random = randomOf(7)
const normal = normalOf(random)
const DISTRIBUTIONS: Record<string, () => number> = {
  uniform: () => 1_000 + random() * 1e6,
  'log-normal': () => Math.exp(11 + 1.2 * normal()),
  bimodal: () => Math.max(1, random() < 0.7 ? 20_000 + 1_000 * normal() : 900_000 + 40_000 * normal()),
  Pareto: () => 1_000 * random() ** (-1 / 1.3),
  constant: () => 123_456,
}

export type Accuracy = { distribution: string; maxRelativeErrorPct: number; countsExact: boolean }

/** Windows rolled up to minutes and hours through their bytes, and each resolution's percentiles against the exact. */
export function accuracy(): Accuracy[] {
  return Object.entries(DISTRIBUTIONS).map(([distribution, draw]) => {
    const values = Float64Array.from({ length: WINDOWS * PER_WINDOW }, draw)
    const windows = Array.from({ length: WINDOWS }, (_, window) => {
      const sketch = new Sketch()
      for (let i = 0; i < PER_WINDOW; i++) sketch.add(values[window * PER_WINDOW + i] ?? 0)
      return sketch.encode()
    })
    const minutes = rollUp(windows, 6)
    const hours = rollUp(minutes, 60)
    const sorted = values.toSorted()
    let worst = 0
    let countsExact = true
    for (const parts of [windows, minutes, hours]) {
      const whole = new Sketch()
      for (const part of parts) whole.mergeEncoded(part)
      countsExact &&= whole.count === values.length
      for (const q of QUANTILES) {
        const exact = sorted[Math.ceil(q * sorted.length - 1e-9) - 1] ?? Number.NaN
        worst = Math.max(worst, Math.abs((whole.quantile(q) ?? Number.NaN) - exact) / exact)
      }
    }
    return { distribution, maxRelativeErrorPct: worst * 100, countsExact }
  })
}

function rollUp(parts: readonly Uint8Array[], size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(parts.length / size) }, (_, index) => {
    const sketch = new Sketch()
    for (const part of parts.slice(index * size, (index + 1) * size)) sketch.mergeEncoded(part)
    return sketch.encode()
  })
}
