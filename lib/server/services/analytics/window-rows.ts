import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { bare, columnsAsJson, milliseconds, rowsOf } from '@/lib/server/db/json-columns'
import { requestRollups as table } from '@/lib/server/db/schema/request-rollups'
import type { RollupRow, SummableRow } from './merge-rollups'

/** A stored window without what the question for it already says. */
export type WindowRow = SummableRow & Pick<RollupRow, 'status'> & { startMs: number }

type Sketches = Pick<WindowRow, 'total' | 'ttfb' | 'wait'>
/** How many bytes each sketch has; 0 for none. */
type Lengths = { totalBytes: number; ttfbBytes: number; waitBytes: number }
type Numbers = Omit<WindowRow, keyof Sketches> & Lengths
type Answer = { [Key in keyof Numbers]: Numbers[Key][] | null } & Sketches

const bytesOf = (column: { name: string }) => sql`coalesce(octet_length(${bare(column)}), 0)`
const inOne = (column: { name: string }) =>
  sql`string_agg(coalesce(${bare(column)}, ''), '') as ${bare(column)}`

const SELECTED = sql.join(
  [
    columnsAsJson({
      startMs: milliseconds(table.windowStart),
      resolution: table.resolution,
      status: table.status,
      requests: table.requests,
      statusCounts: table.statusCounts,
      bytesIn: table.bytesIn,
      bytesOut: table.bytesOut,
      tokensIn: table.tokensIn,
      tokensOut: table.tokensOut,
      inFlightMax: table.inFlightMax,
      inFlightMean: table.inFlightMean,
      waitingMax: table.waitingMax,
      waitingMean: table.waitingMean,
      recordsKept: table.recordsKept,
      gapPossible: table.gapPossible,
      totalBytes: bytesOf(table.total),
      ttfbBytes: bytesOf(table.ttfb),
      waitBytes: bytesOf(table.wait),
    } satisfies Record<keyof Numbers, unknown>),
    ...[table.total, table.ttfb, table.wait].map(inOne),
  ],
  sql`, `,
)

/** The windows of all `parts`, in no order. Each part is planned for its own few partitions. */
export async function readWindowRows(db: Database, parts: readonly SQL[]): Promise<WindowRow[]> {
  if (parts.length === 0) return []
  const all = sql.join(
    parts.map(part => sql`select * from ${table} where ${part}`),
    sql` union all `,
  )
  const { rows } = await db.execute<Answer>(sql`select ${SELECTED} from (${all}) as windows`)
  const [answer] = rows
  if (!answer) return []
  return rowsOf<WindowRow>({
    ...answer,
    total: cut(answer.total, answer.totalBytes),
    ttfb: cut(answer.ttfb, answer.ttfbBytes),
    wait: cut(answer.wait, answer.waitBytes),
  })
}

/** Each its own bytes again; null for none, which no sketch has. */
function cut(bytes: Buffer | null, lengths: readonly number[] | null): (Buffer | null)[] | null {
  let at = 0
  return (
    lengths?.map(length => {
      at += length
      return bytes === null || length === 0 ? null : bytes.subarray(at - length, at)
    }) ?? null
  )
}
