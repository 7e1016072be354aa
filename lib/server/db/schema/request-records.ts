import {
  bigint,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant } from './columns'

/**
 * Single requests: all up to 200 per endpoint and 10 s window, above that a weighted sample, the slowest and a
 * capped number of errors. Never bodies. Partitioned by day.
 */
export const requestRecords = pgTable(
  'request_records',
  {
    endpointId: uuid('endpoint_id').notNull(),
    /** When the headers were received. */
    at: instant('at').notNull(),
    requestId: text('request_id').notNull(),
    method: text('method').notNull(),
    /** Path behind the endpoint's URL, without the query. */
    path: text('path').notNull(),
    status: smallint('status').notNull(),
    revision: integer('revision').notNull(),
    replicaId: uuid('replica_id'),
    tokenId: uuid('token_id'),
    bytesIn: bigint('bytes_in', { mode: 'number' }).notNull(),
    bytesOut: bigint('bytes_out', { mode: 'number' }).notNull(),
    tokensIn: integer('tokens_in'),
    tokensOut: integer('tokens_out'),
    waitUs: bigint('wait_us', { mode: 'number' }).notNull(),
    /** Null where no byte of an answer was sent. */
    ttfbUs: bigint('ttfb_us', { mode: 'number' }),
    totalUs: bigint('total_us', { mode: 'number' }).notNull(),
    /** How many requests this record stands for. */
    weight: doublePrecision('weight').notNull(),
    /** Why it was kept. */
    reason: text('reason').$type<'all' | 'sample' | 'slow' | 'error'>().notNull(),
    /** The gateway's own words where it answered itself (timeout, refused, no replica). */
    error: text('error'),
  },
  table => [
    primaryKey({ columns: [table.endpointId, table.at, table.requestId] }),
    index('request_records_total').on(table.endpointId, table.totalUs),
    index('request_records_request_id').on(table.requestId),
  ],
)
