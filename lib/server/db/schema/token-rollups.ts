import { bigint, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns'

/** Requests per endpoint × token × class, from 1 min up: serves the token filter. Same replace rule as rollups. */
export const tokenRollups = pgTable(
  'token_rollups',
  {
    /** Seconds: 60 (one row per gateway process), or 300, 3600, 14400 (process ''). */
    resolution: smallint('resolution').notNull(),
    windowStart: instant('window_start').notNull(),
    endpointId: uuid('endpoint_id').notNull(),
    /** MERGED_UUID where no token was used (public endpoints). */
    tokenId: uuid('token_id').notNull(),
    /** 2, 4, 5, … : first digit of the status code; 499 for clients that left. */
    statusClass: smallint('status_class').notNull(),
    processId: text('process_id').notNull(),
    requests: bigint('requests', { mode: 'number' }).notNull(),
    total: bytea('total'),
  },
  table => [
    primaryKey({
      columns: [
        table.resolution,
        table.endpointId,
        table.windowStart,
        table.tokenId,
        table.statusClass,
        table.processId,
      ],
    }),
  ],
)
