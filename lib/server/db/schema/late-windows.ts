import { pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/**
 * Minutes whose 10 s rows were written after the rollup had passed them (a spool replayed after an outage): the
 * next rollup computes them again and deletes the row.
 */
export const lateWindows = pgTable(
  'late_windows',
  {
    endpointId: uuid('endpoint_id').notNull(),
    /** Start of the minute. */
    minute: instant('minute').notNull(),
  },
  table => [primaryKey({ columns: [table.endpointId, table.minute] })],
)
