import { and, eq } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { lateWindows } from '@/lib/server/db/schema/late-windows'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { FINEST, FINEST_OF_TOKENS, ROLL_UPS } from './resolutions'
import { rollUpRequests } from './roll-up-requests'
import { rollUpTokens } from './roll-up-tokens'
import { inSegment } from './segments'
import { readGoneBefore, type Watermark } from './watermark'

type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]

/** After a long outage there are many; the next run takes the rest. */
const AT_ONCE = 2_000

/**
 * Computes marked minutes again, and at every resolution the one window of the same endpoint that holds them; a mark
 * goes only with the work it asked for. Returns how many requests came too late: of a minute whose 10 s windows are
 * gone the sums stay as they are, for what came would replace the rest.
 */
export async function rollUpLate(tx: Tx, mark: Watermark): Promise<number> {
  const marked = await tx.select().from(lateWindows).orderBy(lateWindows.minute).limit(AT_ONCE).for('update')
  const goneMs = await readGoneBefore(tx)
  // A minute that was not rolled up yet will be, with all its rows.
  const passed = marked.filter(({ minute }) => minute.getTime() < (mark[60] ?? 0))
  const late = passed.filter(({ minute }) => minute.getTime() >= goneMs)
  for (const { source, target } of ROLL_UPS) {
    const lengthMs = target * 1000
    const spans = new Map<string, { endpointId: string; fromMs: number; toMs: number }>()
    for (const { endpointId, minute } of late) {
      const fromMs = Math.floor(minute.getTime() / lengthMs) * lengthMs
      if (fromMs < (mark[target] ?? 0)) {
        spans.set(`${endpointId}|${fromMs}`, { endpointId, fromMs, toMs: fromMs + lengthMs })
      }
    }
    for (const span of spans.values()) {
      await rollUpRequests(tx, source, target, span)
      if (source >= FINEST_OF_TOKENS) await rollUpTokens(tx, source, target, span)
    }
  }
  let tooLate = 0
  for (const { endpointId, minute } of passed) {
    if (minute.getTime() < goneMs) tooLate += await discard(tx, endpointId, minute)
    await tx
      .delete(lateWindows)
      .where(and(eq(lateWindows.endpointId, endpointId), eq(lateWindows.minute, minute)))
  }
  return tooLate
}

/** Deletes what came for a minute that nobody can read any more; returns how many requests that were. */
async function discard(tx: Tx, endpointId: string, minute: Date): Promise<number> {
  const rows = await tx
    .delete(requestRollups)
    .where(
      and(
        inSegment(requestRollups, {
          resolution: FINEST,
          fromMs: minute.getTime(),
          toMs: minute.getTime() + 60_000,
        }),
        eq(requestRollups.endpointId, endpointId),
      ),
    )
    .returning({ revision: requestRollups.revision, requests: requestRollups.requests })
  return rows.reduce((sum, row) => sum + (row.revision === 0 ? row.requests : 0), 0)
}
