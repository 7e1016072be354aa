import { bigserial, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** Who changed what. Written in the change's own transaction; survives the object, so no foreign keys. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    teamId: uuid('team_id'),
    at: instant('at').notNull().defaultNow(),
    actorKind: text('actor_kind').$type<'user' | 'token' | 'system'>().notNull(),
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    /** `endpoint.create`, `token.revoke`, … */
    action: text('action').notNull(),
    objectKind: text('object_kind').notNull(),
    objectId: text('object_id'),
    objectName: text('object_name'),
    address: text('address'),
    requestId: text('request_id'),
    /** What changed, secrets redacted. */
    change: jsonb('change').$type<Record<string, unknown>>(),
  },
  table => [index('audit_log_team').on(table.teamId, table.at)],
)
