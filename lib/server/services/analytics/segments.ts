import { and, eq, gte, lt, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { FINEST, RESOLUTIONS, type Resolution } from './resolutions'
import type { Watermark } from './watermark'

/** A stretch of time and the rows that answer for it. */
export type Segment = { resolution: Resolution; fromMs: number; toMs: number }
type Limits = {
  /** Rows must not be longer than this: the length of a bucket. */
  coarsest?: number
  finest?: Resolution
}

/**
 * Which rows answer for a time: in the middle the coarsest that are complete, at both ends finer ones. How many rows
 * that makes is bounded whatever the time (see the test). Its beginning must be one of a window of the finest.
 */
export function segmentsOf(
  { fromMs, toMs }: { fromMs: number; toMs: number },
  mark: Watermark,
  { coarsest = Number.POSITIVE_INFINITY, finest = FINEST }: Limits = {},
): Segment[] {
  const usable = RESOLUTIONS.filter(resolution => resolution >= finest && resolution <= coarsest)
  return cover(usable.length === 0 ? [finest] : usable, fromMs, toMs, mark)
}

function cover(usable: readonly Resolution[], fromMs: number, toMs: number, mark: Watermark): Segment[] {
  const resolution = usable.at(-1)
  if (resolution === undefined || toMs <= fromMs) return []
  const finer = usable.slice(0, -1)
  if (finer.length === 0) return [{ resolution, fromMs, toMs }]
  const lengthMs = resolution * 1000
  const firstMs = Math.ceil(fromMs / lengthMs) * lengthMs
  const endMs = Math.floor(Math.min(toMs, mark[resolution] ?? 0) / lengthMs) * lengthMs
  if (endMs <= firstMs) return cover(finer, fromMs, toMs, mark)
  return [
    ...cover(finer, fromMs, firstMs, mark),
    { resolution, fromMs: firstMs, toMs: endMs },
    ...cover(finer, endMs, toMs, mark),
  ]
}

type RollupTable = { resolution: PgColumn; windowStart: PgColumn }

/** The rows of a segment in a table of rollups. */
export const inSegment = (table: RollupTable, { resolution, fromMs, toMs }: Segment): SQL | undefined =>
  and(
    eq(table.resolution, resolution),
    gte(table.windowStart, new Date(fromMs)),
    lt(table.windowStart, new Date(toMs)),
  )
