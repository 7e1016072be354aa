import { bigint, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** Requests refused before routing, counted per team only (zero uuid: no team could be told). */
export const teamRefusals = pgTable(
  'team_refusals',
  {
    windowStart: instant('window_start').notNull(),
    teamId: uuid('team_id').notNull(),
    status: smallint('status').notNull(),
    processId: text('process_id').notNull(),
    requests: bigint('requests', { mode: 'number' }).notNull(),
  },
  table => [primaryKey({ columns: [table.windowStart, table.teamId, table.status, table.processId] })],
)
