import { and, eq, sql } from 'drizzle-orm'
import { Sketch } from '@/lib/domain/latency/sketch'
import type { Queryable } from '@/lib/server/db/client'
import { tokenRollups } from '@/lib/server/db/schema/token-rollups'
import type { Resolution } from './resolutions'
import type { Span } from './roll-up-requests'
import { inSegment } from './segments'

/** Coarser windows of endpoint × token × class from finer ones; replaces like the request rollups. */
export async function rollUpTokens(
  db: Pick<Queryable, 'select' | 'insert'>,
  source: Resolution,
  target: Resolution,
  span: Span,
): Promise<void> {
  const rows = await db
    .select()
    .from(tokenRollups)
    .where(
      and(
        inSegment(tokenRollups, { resolution: source, ...span }),
        span.endpointId ? eq(tokenRollups.endpointId, span.endpointId) : undefined,
      ),
    )
  const sums = new Map<
    string,
    { row: (typeof rows)[number]; windowMs: number; requests: number; total: Sketch }
  >()
  for (const row of rows) {
    const windowMs = Math.floor(row.windowStart.getTime() / (target * 1000)) * target * 1000
    const id = `${windowMs}|${row.endpointId}|${row.tokenId}|${row.statusClass}`
    const entry = sums.get(id) ?? { row, windowMs, requests: 0, total: new Sketch() }
    sums.set(id, entry)
    entry.requests += row.requests
    if (row.total) entry.total.mergeEncoded(row.total)
  }
  const values = [...sums.values()].map(({ row, windowMs, requests, total }) => ({
    resolution: target,
    windowStart: new Date(windowMs),
    endpointId: row.endpointId,
    tokenId: row.tokenId,
    statusClass: row.statusClass,
    processId: '',
    requests,
    total: total.count === 0 ? null : Buffer.from(total.encode()),
  }))
  for (let start = 0; start < values.length; start += 500) {
    await db
      .insert(tokenRollups)
      .values(values.slice(start, start + 500))
      .onConflictDoUpdate({
        target: [
          tokenRollups.resolution,
          tokenRollups.endpointId,
          tokenRollups.windowStart,
          tokenRollups.tokenId,
          tokenRollups.statusClass,
          tokenRollups.processId,
        ],
        set: { requests: sql`excluded.requests`, total: sql`excluded.total` },
      })
  }
}
