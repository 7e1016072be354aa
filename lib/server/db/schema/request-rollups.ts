import { sql } from 'drizzle-orm'
import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns'

/** Stands for "merged over all" in the replica column, as 0 does in those of revision and status. */
export const MERGED_UUID = '00000000-0000-0000-0000-000000000000'

/**
 * Requests per endpoint and window. Partitioned by resolution, then by time (dropped, not deleted).
 *
 * Rows per window: one merged over all dimensions (revision 0, replica zero, status 0), which charts read unless a
 * filter is set, and one per revision × replica × status. 10 s rows are one per gateway process, which replaces its
 * own row and never adds; coarser rows (process '') are recomputed from finer ones. Those have for filters also one
 * row per revision (replica zero, status 0) and one per replica (status 0).
 */
export const requestRollups = pgTable(
  'request_rollups',
  {
    /** Seconds: one of `RESOLUTIONS`. */
    resolution: smallint('resolution').notNull(),
    windowStart: instant('window_start').notNull(),
    endpointId: uuid('endpoint_id').notNull(),
    revision: integer('revision').notNull(),
    replicaId: uuid('replica_id').notNull(),
    status: smallint('status').notNull(),
    processId: text('process_id').notNull(),
    requests: bigint('requests', { mode: 'number' }).notNull(),
    /** Rows merged over codes only: status code to count. */
    statusCounts: jsonb('status_counts').$type<Record<string, number>>(),
    bytesIn: bigint('bytes_in', { mode: 'number' }).notNull(),
    bytesOut: bigint('bytes_out', { mode: 'number' }).notNull(),
    tokensIn: bigint('tokens_in', { mode: 'number' }).notNull(),
    tokensOut: bigint('tokens_out', { mode: 'number' }).notNull(),
    /** Encoded sketches (`domain/latency/sketch.ts`) in microseconds: total, time to first byte, wait. */
    total: bytea('total'),
    ttfb: bytea('ttfb'),
    wait: bytea('wait'),
    /** Merged row only, gauges over the window; a window without requests can still have these. */
    inFlightMax: integer('in_flight_max'),
    inFlightMean: doublePrecision('in_flight_mean'),
    waitingMax: integer('waiting_max'),
    waitingMean: doublePrecision('waiting_mean'),
    /** How the window's request records were kept: seen against stored. */
    recordsKept: integer('records_kept'),
    /** The gateway restarted in this window: up to 2 s may be missing. */
    gapPossible: smallint('gap_possible').notNull().default(sql`0`),
  },
  table => [
    primaryKey({
      columns: [
        table.resolution,
        table.endpointId,
        table.windowStart,
        table.revision,
        table.replicaId,
        table.status,
        table.processId,
      ],
    }),
    // Charts: one row per window out of many.
    index('request_rollups_merged')
      .on(table.endpointId, table.replicaId, table.revision, table.windowStart)
      .where(sql`status = 0`),
  ],
)
