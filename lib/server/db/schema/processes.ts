import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/**
 * The long-running programs that are alive: who to ask for logs (controller), who still has requests in flight on
 * a draining replica (gateway). A row older than 15 s is a process that is gone.
 */
export const processes = pgTable('processes', {
  /** `gateway-<host>-<random>`; new at every start. */
  id: text('id').primaryKey(),
  kind: text('kind').$type<'gateway' | 'controller' | 'portal'>().notNull(),
  host: text('host').notNull(),
  /** Internal address, e.g. the controller's log port. */
  url: text('url'),
  /** Sealed bearer secret for that address. */
  sealedSecret: text('sealed_secret'),
  startedAt: instant('started_at').notNull(),
  seenAt: instant('seen_at').notNull(),
  /** Gateways: when the routes in memory were read, and requests in flight per replica that is draining. */
  routesReadAt: instant('routes_read_at'),
  inFlight: jsonb('in_flight').$type<Record<string, number>>(),
})
