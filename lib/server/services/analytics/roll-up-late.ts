import { and, eq } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { lateWindows } from '@/lib/server/db/schema/late-windows'
import { FINEST_OF_TOKENS, ROLL_UPS } from './resolutions'
import { rollUpRequests } from './roll-up-requests'
import { rollUpTokens } from './roll-up-tokens'
import type { Watermark } from './watermark'

type Tx = Parameters<Parameters<Database['transaction']>[0]>[0]

/** After a long outage there are many; the next run takes the rest. */
const AT_ONCE = 2_000

/**
 * Computes marked minutes again, and at every resolution the one window of the same endpoint that holds them; a mark
 * goes only with the work it asked for.
 */
export async function rollUpLate(tx: Tx, mark: Watermark): Promise<void> {
  const marked = await tx.select().from(lateWindows).orderBy(lateWindows.minute).limit(AT_ONCE).for('update')
  // A minute that was not rolled up yet will be, with all its rows.
  const late = marked.filter(({ minute }) => minute.getTime() < (mark[60] ?? 0))
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
  for (const { endpointId, minute } of late) {
    await tx
      .delete(lateWindows)
      .where(and(eq(lateWindows.endpointId, endpointId), eq(lateWindows.minute, minute)))
  }
}
