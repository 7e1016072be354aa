import { inArray } from 'drizzle-orm'
import type { RequestRecordView } from '@/lib/domain/analytics/view'
import type { Queryable } from '@/lib/server/db/client'
import { replicas } from '@/lib/server/db/schema/replicas'
import type { requestRecords } from '@/lib/server/db/schema/request-records'
import { tokens } from '@/lib/server/db/schema/tokens'

type Row = typeof requestRecords.$inferSelect

/** Records as they are shown: replicas and tokens by name, times in milliseconds. */
export async function recordViews(
  db: Pick<Queryable, 'select'>,
  rows: readonly Row[],
): Promise<RequestRecordView[]> {
  const [replicaNames, tokenNames] = await Promise.all([
    namesOf(
      db,
      replicas,
      rows.map(row => row.replicaId),
    ),
    namesOf(
      db,
      tokens,
      rows.map(row => row.tokenId),
    ),
  ])
  return rows.map(row => ({
    requestId: row.requestId,
    at: row.at.toISOString(),
    method: row.method,
    path: row.path,
    status: row.status,
    revision: row.revision,
    replicaId: row.replicaId,
    replicaName: row.replicaId ? (replicaNames.get(row.replicaId) ?? null) : null,
    token: row.tokenId ? (tokenNames.get(row.tokenId) ?? 'deleted token') : null,
    bytesIn: row.bytesIn,
    bytesOut: row.bytesOut,
    waitMs: row.waitUs / 1000,
    ttfbMs: row.ttfbUs === null ? null : row.ttfbUs / 1000,
    totalMs: row.totalUs / 1000,
    weight: row.weight,
    reason: row.reason,
    error: row.error,
  }))
}

async function namesOf(
  db: Pick<Queryable, 'select'>,
  table: typeof replicas | typeof tokens,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter(id => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db
    .select({ id: table.id, name: table.name })
    .from(table)
    .where(inArray(table.id, wanted))
  return new Map(rows.map(row => [row.id, row.name]))
}
