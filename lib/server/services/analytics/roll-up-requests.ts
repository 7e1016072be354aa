import { and, asc, eq, gt, or, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '@/lib/server/db/client'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import {
  addRow,
  emptySum,
  type RollupRow,
  type RollupSum,
  sumColumns,
  withStatusCounts,
} from './merge-rollups'
import type { Resolution } from './resolutions'
import { inSegment } from './segments'

export type Span = { fromMs: number; toMs: number; endpointId?: string }
type Key = Pick<RollupRow, 'endpointId' | 'revision' | 'replicaId' | 'status'> & { windowMs: number }
type Sums = Map<string, { key: Key; sum: RollupSum }>

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
  source: Resolution,
  target: Resolution,
  span: Span,
): Promise<void> {
  const rows = await db
    .select()
    .from(requestRollups)
    .where(
      and(
        inSegment(requestRollups, { resolution: source, ...span }),
        span.endpointId ? eq(requestRollups.endpointId, span.endpointId) : undefined,
        // Sums over codes are made anew from single codes, at every resolution alike.
        or(gt(requestRollups.status, 0), eq(requestRollups.revision, 0)),
      ),
    )
    .orderBy(asc(requestRollups.windowStart))
  const sums: Sums = new Map()
  for (const row of rows) {
    const windowMs = Math.floor(row.windowStart.getTime() / (target * 1000)) * target * 1000
    for (const key of keysOf(row, windowMs)) {
      const id = Object.values(key).join('|')
      const entry = sums.get(id) ?? { key, sum: emptySum() }
      sums.set(id, entry)
      addRow(entry.sum, key.status === row.status ? row : withStatusCounts(row))
    }
  }
  await write(db, target, sums)
}

/** A row counts for itself; one of a single code also for its replica and its revision, which filters read. */
function keysOf(row: RollupRow, windowMs: number): Key[] {
  const { endpointId, revision, replicaId, status } = row
  const itself = { windowMs, endpointId, revision, replicaId, status }
  if (status === 0) return [itself]
  const ofRevision = { ...itself, replicaId: MERGED_UUID, status: 0 }
  return replicaId === MERGED_UUID ? [itself, ofRevision] : [itself, ofRevision, { ...itself, status: 0 }]
}

async function write(db: Pick<Queryable, 'insert'>, target: Resolution, sums: Sums): Promise<void> {
  const values = [...sums.values()].map(({ key: { windowMs, ...key }, sum }) => ({
    ...key,
    resolution: target,
    windowStart: new Date(windowMs),
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
}
