import { sql } from 'drizzle-orm'
import {
  bigint,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns'

/** Stands for "merged over all" in the revision, replica and status columns. */
export const MERGED_UUID = '00000000-0000-0000-0000-000000000000'

/**
 * Requests per endpoint and window. Partitioned by resolution, then by time (dropped, not deleted).
 *
 * Two kinds of rows per window: one merged over all dimensions (revision 0, replica zero, status 0), which charts
 * read unless a filter is set, and one per revision × replica × status. 10 s rows are one per gateway process,
 * which replaces its own row and never adds; 60 s and 3600 s rows (process '') are recomputed from the finer ones.
 */
export const requestRollups = pgTable(
  'request_rollups',
  {
    /** Seconds: 10, 60 or 3600. */
    resolution: smallint('resolution').notNull(),
    windowStart: instant('window_start').notNull(),
    endpointId: uuid('endpoint_id').notNull(),
    revision: integer('revision').notNull(),
    replicaId: uuid('replica_id').notNull(),
    status: smallint('status').notNull(),
    processId: text('process_id').notNull(),
    requests: bigint('requests', { mode: 'number' }).notNull(),
    /** Merged row only: status code to count. */
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
  ],
)
