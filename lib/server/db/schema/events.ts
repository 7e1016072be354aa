import { bigserial, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { EventKind } from '@/lib/domain/endpoint/event'
import { instant } from './columns'
import { endpoints } from './endpoints'

/** Something that happened to an endpoint, by whom and why: the timeline. */
export const events = pgTable(
  'events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    at: instant('at').notNull().defaultNow(),
    kind: text('kind').$type<EventKind>().notNull(),
    message: text('message').notNull(),
    actorKind: text('actor_kind').$type<'user' | 'token' | 'system'>().notNull(),
    actorName: text('actor_name').notNull(),
    revision: integer('revision'),
    replicaId: uuid('replica_id'),
    data: jsonb('data').$type<Record<string, unknown>>(),
  },
  table => [index('events_endpoint').on(table.endpointId, table.at)],
)
