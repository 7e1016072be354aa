import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** Failed sign-ins per key (account or address) in a sliding window; throttles guessing across portals. */
export const signInAttempts = pgTable('sign_in_attempts', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  windowStartedAt: instant('window_started_at').notNull(),
  blockedUntil: instant('blocked_until'),
})
