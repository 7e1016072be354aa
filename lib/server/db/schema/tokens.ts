import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { TokenScope } from '@/lib/domain/access/tokens'
import { bytea, instant } from './columns'
import { endpoints } from './endpoints'
import { teams } from './teams'
import { users } from './users'

/** API tokens. 256 random bits, kept as SHA-256; the text is shown once and never stored. */
export const tokens = pgTable(
  'tokens',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** The first characters, to recognise it in a list. */
    preview: text('preview').notNull(),
    hash: bytea('hash').notNull().unique(),
    scope: text('scope').$type<TokenScope>().notNull(),
    /**
     * `playground` tokens live 60 seconds and are hidden from the token list, but named in analytics; `space` ones
     * are the secret of a Space a demo was pushed to.
     */
    purpose: text('purpose').$type<'api' | 'playground' | 'space'>().notNull().default('api'),
    endpointId: uuid('endpoint_id').references(() => endpoints.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    lastUsedAt: instant('last_used_at'),
  },
  table => [index('tokens_team').on(table.teamId)],
)
