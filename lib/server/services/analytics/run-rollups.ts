import { and, eq, min, sql } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { lateWindows } from '@/lib/server/db/schema/late-windows'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { rollUpHardware } from './roll-up-hardware'
import { rollUpRequests } from './roll-up-requests'
import { rollUpTokens } from './roll-up-tokens'
import { readWatermark, writeWatermark } from './watermark'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** A gateway writes a window at most this long after its end, or marks it late (`late_windows`). */
export const ON_TIME_MS = 30_000

/** Much work after a long stop is taken in pieces, so that one transaction stays small. */
const CHUNK_MS = HOUR_MS

/** Any number; two controllers take turns. */
const ROLLUP_LOCK = 7_452_002

const floorTo = (ms: number, unit: number) => Math.floor(ms / unit) * unit

/**
 * Rolls 10 s windows up to minutes and minutes to hours, as far as windows are complete, then late ones again.
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

type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]

async function rollUpChunk(tx: Tx, nowMs: number): Promise<boolean> {
  const mark = await readWatermark(tx)
  const goalMs = floorTo(nowMs - ON_TIME_MS, MINUTE_MS)
  const fromMs = mark.minuteMs || (await firstWindow(tx)) || goalMs
  const toMs = Math.min(goalMs, floorTo(fromMs, CHUNK_MS) + CHUNK_MS)
  if (toMs > fromMs) {
    await rollUpRequests(tx, 10, 60, { fromMs, toMs })
    await rollUpHardware(tx, 10, 60, fromMs, toMs)
  }
  const hourToMs = floorTo(Math.max(toMs, fromMs), HOUR_MS)
  const hourFromMs = mark.hourMs || floorTo(fromMs, HOUR_MS)
  if (hourToMs > hourFromMs) {
    await rollUpRequests(tx, 60, 3600, { fromMs: hourFromMs, toMs: hourToMs })
    await rollUpHardware(tx, 60, 3600, hourFromMs, hourToMs)
    await rollUpTokens(tx, hourFromMs, hourToMs)
  }
  const next = { minuteMs: Math.max(toMs, fromMs), hourMs: Math.max(hourToMs, hourFromMs) }
  await writeWatermark(tx, next)
  await rollUpLate(tx, next)
  return next.minuteMs < goalMs
}

/** Start of the hour of the oldest window there is; nothing older needs a rollup. */
async function firstWindow(tx: Tx): Promise<number> {
  const [row] = await tx
    .select({ at: min(requestRollups.windowStart) })
    .from(requestRollups)
    .where(eq(requestRollups.resolution, 10))
  return row?.at ? floorTo(row.at.getTime(), HOUR_MS) : 0
}

/** Computes marked minutes again, and the hours that hold them; a mark goes only with the work it asked for. */
async function rollUpLate(tx: Tx, mark: { minuteMs: number; hourMs: number }): Promise<void> {
  const late = await tx.select().from(lateWindows).orderBy(lateWindows.minute).limit(2000).for('update')
  const hours = new Map<string, { endpointId: string; hourMs: number }>()
  for (const { endpointId, minute } of late) {
    const fromMs = minute.getTime()
    if (fromMs >= mark.minuteMs) continue
    await rollUpRequests(tx, 10, 60, { fromMs, toMs: fromMs + MINUTE_MS, endpointId })
    const hourMs = floorTo(fromMs, HOUR_MS)
    hours.set(`${endpointId}|${hourMs}`, { endpointId, hourMs })
    await tx
      .delete(lateWindows)
      .where(and(eq(lateWindows.endpointId, endpointId), eq(lateWindows.minute, minute)))
  }
  for (const { endpointId, hourMs } of hours.values()) {
    if (hourMs >= mark.hourMs) continue
    await rollUpRequests(tx, 60, 3600, { fromMs: hourMs, toMs: hourMs + HOUR_MS, endpointId })
    await rollUpTokens(tx, hourMs, hourMs + HOUR_MS)
  }
}
