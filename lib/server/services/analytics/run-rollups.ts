import { sql } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
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
 * Idempotent; a second controller that runs it at the same time returns at once. Returns how many requests came so
 * late that they could not be added up any more.
 */
export async function runRollups(db: Database, now: Date): Promise<{ tooLate: number }> {
  let tooLate = 0
  for (let more = true; more; ) {
    const done = await db.transaction(async tx => {
      const locked = await tx.execute<{ got: boolean }>(
        sql`select pg_try_advisory_xact_lock(${ROLLUP_LOCK}) as got`,
      )
      if (!locked.rows[0]?.got) return { more: false, tooLate: 0 }
      return await rollUpChunk(tx, now.getTime())
    })
    tooLate += done.tooLate
    more = done.more
  }
  return { tooLate }
}

/** One piece of work; says whether there is more. */
async function rollUpChunk(tx: Tx, nowMs: number): Promise<{ more: boolean; tooLate: number }> {
  const mark = await readWatermark(tx)
  const next: Record<number, number> = { ...mark }
  let more = false
  let completeMs = floorTo(nowMs - ON_TIME_MS, FINEST * 1000)
  for (const { source, target } of ROLL_UPS) {
    const lengthMs = target * 1000
    const goalMs = floorTo(completeMs, lengthMs)
    const chunkMs = lengthMs * CHUNK_WINDOWS
    const doneMs = mark[target] ?? 0
    // Behind by more than a chunk (a first run, a long stop): times in which nothing happened are passed at once.
    const fromMs = goalMs - doneMs <= chunkMs ? doneMs : await nextWork(tx, source, doneMs, goalMs)
    const toMs = Math.min(goalMs, floorTo(fromMs, chunkMs) + chunkMs)
    if (toMs > fromMs) await rollUpAll(tx, source, target, { fromMs, toMs })
    completeMs = Math.max(fromMs, toMs)
    next[target] = completeMs
    more ||= completeMs < goalMs
  }
  await writeWatermark(tx, next)
  return { more, tooLate: await rollUpLate(tx, next) }
}

async function rollUpAll(tx: Tx, source: Resolution, target: Resolution, span: Span): Promise<void> {
  await rollUpRequests(tx, source, target, span)
  await rollUpHardware(tx, source, target, span)
  if (source >= FINEST_OF_TOKENS) await rollUpTokens(tx, source, target, span)
}

/** Where the coarsest window begins that holds the oldest of a resolution not before `doneMs`. */
async function nextWork(tx: Tx, source: Resolution, doneMs: number, goalMs: number): Promise<number> {
  const oldest = (table: string) => sql`(
    select min(window_start) from ${sql.identifier(table)}
    where resolution = ${source} and window_start >= ${new Date(doneMs).toISOString()}::timestamptz)`
  const found = await tx.execute<{ ms: number | null }>(
    sql`select extract(epoch from least(${oldest('request_rollups')}, ${oldest('hardware_rollups')}))::float8 * 1000 as ms`,
  )
  const ms = found.rows[0]?.ms ?? goalMs
  const coarsest = RESOLUTIONS.at(-1) ?? FINEST
  return Math.min(goalMs, Math.max(doneMs, floorTo(ms, coarsest * 1000)))
}
