import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { ConnectionSettings, PermissionResult } from '@/lib/domain/connections/connection'
import { instant } from './columns'
import { teams } from './teams'
import { users } from './users'

/** A team's account at a provider. */
export const connections = pgTable(
  'connections',
  {
    id: uuid('id').primaryKey(),
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Parsed with `connectionSettings` at every read. */
    settings: jsonb('settings').$type<ConnectionSettings>().notNull(),
    /** One sealed text (`secrets/seal.ts`) of the JSON of all secrets. */
    sealedSecrets: text('sealed_secrets').notNull(),
    /** Counts up with settings and secrets: what was made of an older one is out of date. */
    version: integer('version').notNull().default(1),
    /** What the last test said. */
    permissions: jsonb('permissions').$type<PermissionResult[]>().notNull().default([]),
    problem: text('problem'),
    checkedAt: instant('checked_at').notNull().defaultNow(),
    createdAt: instant('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
  },
  table => [index('connections_team').on(table.teamId)],
)
