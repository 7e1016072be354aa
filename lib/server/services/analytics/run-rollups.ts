import { eq, min, sql } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { FINEST, FINEST_OF_TOKENS, RESOLUTIONS, type Resolution, ROLL_UPS } from './resolutions'
import { rollUpHardware } from './roll-up-hardware'
import { rollUpLate } from './roll-up-late'
import { rollUpRequests, type Span } from './roll-up-requests'
import { rollUpTokens } from './roll-up-tokens'
import { readWatermark, writeWatermark } from './watermark'

/** A gateway writes a window at most this long after its end, or marks it late (`late_windows`). */
export const ON_TIME_MS = 30_000

/** Much work after a long stop is taken in pieces of so many windows, so that one transaction stays small. */
const CHUNK_WINDOWS = 60

/** Any number; two controllers take turns. */
const ROLLUP_LOCK = 7_452_002

type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]
const floorTo = (ms: number, unit: number) => Math.floor(ms / unit) * unit

/**
 * Computes every resolution from the next finer one, as far as windows are complete, then what came late again.
 * Idempotent; a second controller that runs it at the same time returns at once.
 */
export async function runRollups(db: Database, now: Date): Promise<void> {
  for (let more = true; more; ) {
    more = await db.transaction(async tx => {
      const locked = await tx.execute<{ got: boolean }>(
        sql`select pg_try_advisory_xact_lock(${ROLLUP_LOCK}) as got`,
      )
      if (!locked.rows[0]?.got) return false
      return await rollUpChunk(tx, now.getTime())
    })
  }
}

/** Returns whether there is more to do. */
async function rollUpChunk(tx: Tx, nowMs: number): Promise<boolean> {
  const mark = await readWatermark(tx)
  const next: Record<number, number> = { ...mark }
  let more = false
  let completeMs = floorTo(nowMs - ON_TIME_MS, FINEST * 1000)
  for (const { source, target } of ROLL_UPS) {
    const lengthMs = target * 1000
    const goalMs = floorTo(completeMs, lengthMs)
    const fromMs = mark[target] ?? (await firstWindow(tx, source)) ?? goalMs
    const toMs = Math.min(goalMs, floorTo(fromMs, lengthMs * CHUNK_WINDOWS) + lengthMs * CHUNK_WINDOWS)
    if (toMs > fromMs) await rollUpAll(tx, source, target, { fromMs, toMs })
    completeMs = Math.max(fromMs, toMs)
    next[target] = completeMs
    more ||= completeMs < goalMs
  }
  await writeWatermark(tx, next)
  await rollUpLate(tx, next)
  return more
}

async function rollUpAll(tx: Tx, source: Resolution, target: Resolution, span: Span): Promise<void> {
  await rollUpRequests(tx, source, target, span)
  await rollUpHardware(tx, source, target, span)
  if (source >= FINEST_OF_TOKENS) await rollUpTokens(tx, source, target, span)
}

/** Where the coarsest window begins that holds the oldest of a resolution; nothing older needs a rollup. */
async function firstWindow(tx: Tx, resolution: Resolution): Promise<number | null> {
  const [row] = await tx
    .select({ at: min(requestRollups.windowStart) })
    .from(requestRollups)
    .where(eq(requestRollups.resolution, resolution))
  const coarsest = RESOLUTIONS.at(-1) ?? FINEST
  return row?.at ? floorTo(row.at.getTime(), coarsest * 1000) : null
}
