import { and, asc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '@/lib/server/db/client'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { addRow, emptySum, type RollupSum, sumColumns } from './merge-rollups'

type Span = { fromMs: number; toMs: number; endpointId?: string }
type Key = { windowMs: number; endpointId: string; revision: number; replicaId: string; status: number }

/** All columns of a merged row are taken from the new one: a rollup replaces, it never adds. */
const REPLACE = Object.fromEntries(
  [
    'requests',
    'statusCounts',
    'bytesIn',
    'bytesOut',
    'tokensIn',
    'tokensOut',
    'total',
    'ttfb',
    'wait',
    'inFlightMax',
    'inFlightMean',
    'waitingMax',
    'waitingMean',
    'recordsKept',
    'gapPossible',
  ].map(name => [name, sql.raw(`excluded.${columnName(name)}`)]),
) as Record<string, SQL>

function columnName(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

/**
 * Computes the windows of `target` seconds in a span from the rows of `source` seconds. The span's ends must be
 * multiples of the target. Recomputing is harmless: the same finer rows give the same coarser ones.
 */
export async function rollUpRequests(
  db: Pick<Queryable, 'select' | 'insert'>,
  source: number,
  target: number,
  span: Span,
): Promise<number> {
  const sums = new Map<string, { key: Key; sum: RollupSum }>()
  const rows = await db
    .select()
    .from(requestRollups)
    .where(
      and(
        eq(requestRollups.resolution, source),
        gte(requestRollups.windowStart, new Date(span.fromMs)),
        lt(requestRollups.windowStart, new Date(span.toMs)),
        span.endpointId ? eq(requestRollups.endpointId, span.endpointId) : undefined,
      ),
    )
    .orderBy(asc(requestRollups.windowStart))
  for (const row of rows) {
    const windowMs = Math.floor(row.windowStart.getTime() / (target * 1000)) * target * 1000
    const key = {
      windowMs,
      endpointId: row.endpointId,
      revision: row.revision,
      replicaId: row.replicaId,
      status: row.status,
    }
    const id = Object.values(key).join('|')
    const entry = sums.get(id) ?? { key, sum: emptySum() }
    sums.set(id, entry)
    addRow(entry.sum, row)
  }
  const values = [...sums.values()].map(({ key, sum }) => ({
    resolution: target,
    windowStart: new Date(key.windowMs),
    endpointId: key.endpointId,
    revision: key.revision,
    replicaId: key.replicaId,
    status: key.status,
    processId: '',
    ...sumColumns(sum, target),
  }))
  for (let start = 0; start < values.length; start += 500) {
    await db
      .insert(requestRollups)
      .values(values.slice(start, start + 500))
      .onConflictDoUpdate({
        target: [
          requestRollups.resolution,
          requestRollups.endpointId,
          requestRollups.windowStart,
          requestRollups.revision,
          requestRollups.replicaId,
          requestRollups.status,
          requestRollups.processId,
        ],
        set: REPLACE,
      })
  }
  return values.length
}
