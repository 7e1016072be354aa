import { type SQL, sql } from 'drizzle-orm'
import type { Database, Queryable } from '@/lib/server/db/client'
import type { DeltaLine } from './delta'

type Tx = Pick<Queryable, 'execute'>

/**
 * Makes the database say what the rows say: one transaction, under this process's own name, replacing what it wrote
 * before and never adding. Rows travel as one JSON text per table, the form they have in the spool.
 */
export async function writeDelta(db: Database, processId: string, line: DeltaLine): Promise<void> {
  await db.transaction(async tx => {
    await writeRollups(tx, processId, line.rollups)
    await markLate(tx, line.rollups)
    await dropRecords(tx, line.dropped)
    await writeRecords(tx, line.records)
    await writeTokenRollups(tx, processId, line.tokens)
    await writeRefusals(tx, processId, line.refusals)
  })
}

const instantOf = (column: string): SQL => sql.raw(`to_timestamp(x."${column}" / 1000.0)`)
const bytesOf = (column: string): SQL => sql.raw(`decode(x.${column}, 'base64')`)
/**
 * Counts of a window only grow, so fewer requests are an older state: a spool that a full disk cut short must not
 * take back what the database got later.
 */
const isNewer = (table: string): SQL => sql.raw(`excluded.requests >= ${table}.requests`)
/** `a = excluded.a, …` */
const replacing = (columns: readonly string[]): SQL =>
  sql.raw(columns.map(column => `${column} = excluded.${column}`).join(', '))

async function writeRollups(tx: Tx, processId: string, rows: DeltaLine['rollups']): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into request_rollups (resolution, window_start, endpoint_id, revision, replica_id, status, process_id,
      requests, status_counts, bytes_in, bytes_out, tokens_in, tokens_out, total, ttfb, wait,
      in_flight_max, in_flight_mean, waiting_max, waiting_mean, records_kept, gap_possible)
    select 10, ${instantOf('windowMs')}, x."endpointId", x.revision, x."replicaId", x.status, ${processId},
      x.requests, x."statusCounts", x."bytesIn", x."bytesOut", x."tokensIn", x."tokensOut",
      ${bytesOf('total')}, ${bytesOf('ttfb')}, ${bytesOf('wait')},
      x."inFlightMax", x."inFlightMean", x."waitingMax", x."waitingMean", x."recordsKept", x."gapPossible"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("windowMs" bigint, "endpointId" uuid,
      revision int, "replicaId" uuid, status smallint, requests bigint, "statusCounts" jsonb, "bytesIn" bigint,
      "bytesOut" bigint, "tokensIn" bigint, "tokensOut" bigint, total text, ttfb text, wait text,
      "inFlightMax" int, "inFlightMean" float8, "waitingMax" int, "waitingMean" float8, "recordsKept" int,
      "gapPossible" smallint)
    on conflict (resolution, endpoint_id, window_start, revision, replica_id, status, process_id)
    do update set ${replacing([
      'requests',
      'status_counts',
      'bytes_in',
      'bytes_out',
      'tokens_in',
      'tokens_out',
      'total',
      'ttfb',
      'wait',
      'in_flight_max',
      'in_flight_mean',
      'waiting_max',
      'waiting_mean',
      'records_kept',
      'gap_possible',
    ])}
    where ${isNewer('request_rollups')}`)
}

/**
 * A window written this long after its end may have been rolled up already (which waits 30 s): its minute is marked
 * to be computed again. By the database's clock, which is the rollup's too.
 */
async function markLate(tx: Tx, rows: DeltaLine['rollups']): Promise<void> {
  if (rows.length === 0) return
  const windows = [...new Map(rows.map(row => [`${row.endpointId}${row.windowMs}`, row])).values()]
  const marks = windows.map(({ endpointId, windowMs }) => ({ endpointId, windowMs }))
  await tx.execute(sql`
    insert into late_windows (endpoint_id, minute)
    select distinct x."endpointId", date_trunc('minute', ${instantOf('windowMs')})
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as x("endpointId" uuid, "windowMs" bigint)
    where ${instantOf('windowMs')} < now() - interval '25 seconds'
    on conflict do nothing`)
}

async function dropRecords(tx: Tx, rows: DeltaLine['dropped']): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    delete from request_records r
    using jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("endpointId" uuid, at bigint, "requestId" text)
    where r.endpoint_id = x."endpointId" and r.at = ${instantOf('at')} and r.request_id = x."requestId"`)
}

async function writeRecords(tx: Tx, rows: DeltaLine['records']): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into request_records (endpoint_id, at, request_id, method, path, status, revision, replica_id, token_id,
      bytes_in, bytes_out, tokens_in, tokens_out, wait_us, ttfb_us, total_us, weight, reason, error)
    select x."endpointId", ${instantOf('at')}, x."requestId", x.method, x.path, x.status, x.revision,
      x."replicaId", x."tokenId", x."bytesIn", x."bytesOut", x."tokensIn", x."tokensOut", x."waitUs", x."ttfbUs",
      x."totalUs", x.weight, x.reason, x.error
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("endpointId" uuid, at bigint, "requestId" text,
      method text, path text, status smallint, revision int, "replicaId" uuid, "tokenId" uuid, "bytesIn" bigint,
      "bytesOut" bigint, "tokensIn" int, "tokensOut" int, "waitUs" bigint, "ttfbUs" bigint, "totalUs" bigint,
      weight float8, reason text, error text)
    on conflict (endpoint_id, at, request_id) do update set ${replacing(['weight', 'reason'])}`)
}

async function writeTokenRollups(tx: Tx, processId: string, rows: DeltaLine['tokens']): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into token_rollups (resolution, window_start, endpoint_id, token_id, status_class, process_id, requests,
      total)
    select 60, ${instantOf('windowMs')}, x."endpointId", x."tokenId", x."statusClass", ${processId}, x.requests,
      ${bytesOf('total')}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("windowMs" bigint, "endpointId" uuid,
      "tokenId" uuid, "statusClass" smallint, requests bigint, total text)
    on conflict (resolution, endpoint_id, window_start, token_id, status_class, process_id)
    do update set ${replacing(['requests', 'total'])} where ${isNewer('token_rollups')}`)
}

async function writeRefusals(tx: Tx, processId: string, rows: DeltaLine['refusals']): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into team_refusals (window_start, team_id, status, process_id, requests)
    select ${instantOf('windowMs')}, x."teamId", x.status, ${processId}, x.requests
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("windowMs" bigint, "teamId" uuid,
      status smallint, requests bigint)
    on conflict (window_start, team_id, status, process_id) do update set ${replacing(['requests'])}
    where ${isNewer('team_refusals')}`)
}
