import type pg from 'pg'
import { Sketch } from '@/lib/domain/latency/sketch'

/** Reproducible uniform numbers in (0, 1] (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return 1 - ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const normalOf = (random: () => number) => (): number =>
  Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())

export const VARIANTS = 16
/** Enough for the buckets of the tails, which make the bytes. */
const DRAWS = 100_000

/** Durations as a text model has them: around 120 ms, a long tail; time to first byte earlier, waits short. */
function sketchOf(normal: () => number, requests: number, medianUs: number, spread: number): Buffer {
  const sketch = new Sketch()
  const draws = Math.min(DRAWS, requests)
  for (let i = 0; i < draws; i++)
    sketch.add(medianUs * Math.exp(spread * normal()), Math.round(requests / draws))
  return Buffer.from(sketch.encode())
}

/**
 * Encoded sketches of windows with so many requests, for SQL to pick from: table `pool(kind, variant, total, ttfb,
 * wait)`. Their sizes are those of real windows; building one per row would measure only the building.
 */
export async function fillPool(client: pg.Pool, kinds: Record<string, number>): Promise<void> {
  await client.query(
    'create unlogged table pool (kind text, variant int, total bytea, ttfb bytea, wait bytea, primary key (kind, variant))',
  )
  const normal = normalOf(randomOf(11))
  for (const [kind, requests] of Object.entries(kinds)) {
    for (let variant = 0; variant < VARIANTS; variant++) {
      await client.query('insert into pool values ($1, $2, $3, $4, $5)', [
        kind,
        variant,
        sketchOf(normal, requests, 120_000, 0.8),
        sketchOf(normal, requests, 60_000, 0.7),
        sketchOf(normal, requests, 300, 1.2),
      ])
    }
  }
}
