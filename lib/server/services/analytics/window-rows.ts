import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Database } from '@/lib/server/db/client'
import { bare, milliseconds } from '@/lib/server/db/json-columns'
import { requestRollups as table } from '@/lib/server/db/schema/request-rollups'
import type { RollupRow, SummableRow } from './merge-rollups'

/** A stored window without what the question for it already says. */
export type WindowRow = SummableRow & Pick<RollupRow, 'status'> & { startMs: number }

const {
  windowStart,
  endpointId: _endpointId,
  revision: _revision,
  replicaId: _replicaId,
  processId: _processId,
  ...COLUMNS
} = getTableColumns(table)

/** Composed once: doing it for every part of every question, and mapping the rows, cost as much as the database took. */
const SELECTED = sql.raw(
  new PgDialect().sqlToQuery(
    sql.join(
      [
        sql`${milliseconds(windowStart)} as "startMs"`,
        ...Object.entries(COLUMNS).map(([key, column]) => sql`${bare(column)} as ${sql.identifier(key)}`),
      ],
      sql`, `,
    ),
  ).sql,
)

/** The windows of all `parts`, in no order. Each part is planned for its own few partitions. */
export async function readWindowRows(db: Database, parts: readonly SQL[]): Promise<WindowRow[]> {
  if (parts.length === 0) return []
  const { rows } = await db.execute<WindowRow>(
    sql.join(
      parts.map(part => sql`select ${SELECTED} from ${table} where ${part}`),
      sql` union all `,
    ),
  )
  return rows
}
