import { bucketEndUs, type Sketch } from '@/lib/domain/latency/sketch'

/**
 * Rows of the latency heat map: the same for every endpoint and range, so that windows can be compared and parts of
 * an answer joined. Each row is 29 of the sketch's buckets (a factor of 1.78), so counts in rows are exact.
 */
const FIRST = 348
const WIDTH = 29
export const HEAT_ROWS = 26

/** Upper end of each row in milliseconds, from 0.98 ms to 16 min; the last row has none. */
export const HEAT_EDGES_MS: readonly number[] = Array.from(
  { length: HEAT_ROWS - 1 },
  (_, row) => bucketEndUs(FIRST + row * WIDTH) / 1000,
)

export const heatCounts = (sketch: Sketch): number[] => sketch.grouped(FIRST, WIDTH, HEAT_ROWS)
