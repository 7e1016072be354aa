import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import { instant } from './columns'
import { endpoints } from './endpoints'
import { users } from './users'

/** One immutable version of a spec. */
export const revisions = pgTable(
  'revisions',
  {
    endpointId: uuid('endpoint_id')
      .notNull()
      .references(() => endpoints.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    /** Parsed with `endpointSpec` at every read: a database is an edge too. */
    spec: jsonb('spec').$type<EndpointSpec>().notNull(),
    /** Secret name to sealed text (`secrets/seal.ts`). */
    sealedSecrets: jsonb('sealed_secrets').$type<Record<string, string>>().notNull().default({}),
    /** HF's own `type` word when it came by the HF-compatible API; echoed there. */
    sentType: text('sent_type'),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    /** One line: what changed against the revision it is based on. */
    summary: text('summary').notNull(),
  },
  table => [primaryKey({ columns: [table.endpointId, table.number] })],
)
