import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { ReplicaState } from '@/lib/domain/endpoint/state'
import { instant } from './columns'
import { endpoints } from './endpoints'

/** One running copy of a revision. Rows stay after it stopped: analytics and logs name it. */
export const replicas = pgTable(
  'replicas',
  {
    id: uuid('id').primaryKey(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    revision: integer('revision').notNull(),
    /** Short and stable within the endpoint: `r3-1` is the first replica of revision 3. */
    name: text('name').notNull(),
    state: text('state').$type<ReplicaState>().notNull().default('pending'),
    message: text('message').notNull().default(''),
    /** `http://127.0.0.1:41234`, null until known. */
    address: text('address'),
    restarts: integer('restarts').notNull().default(0),
    /** Exits in a row, none of which came after it had run well for a while: what backoff and giving up count. */
    crashes: integer('crashes').notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When the present attempt (the first, or the last restart) was begun. */
    attemptStartedAt: instant('attempt_started_at').notNull().defaultNow(),
    /** When its phase or message last changed: one that makes no progress is given up in the end. */
    progressedAt: instant('progressed_at').notNull().defaultNow(),
    /** When it last became ready; stays through a crash. */
    readyAt: instant('ready_at'),
    /** From here on the gateway sends it nothing new; it is stopped when its requests are done. */
    drainingAt: instant('draining_at'),
    /**
     * When it was confirmed gone. `stopped` without it: let go, the provider is stopping it. `failed` without it:
     * it exited and is started again after a pause.
     */
    stoppedAt: instant('stopped_at'),
    exit: jsonb('exit').$type<ReplicaExit>(),
    /** The log collector's place in the provider's stream is in the segments; this says it read to the end. */
    logsEndedAt: instant('logs_ended_at'),
  },
  table => [index('replicas_endpoint').on(table.endpointId, table.createdAt)],
)

export type ReplicaExit = {
  code: number | null
  signal: string | null
  outOfMemory: boolean
  at: string
}
