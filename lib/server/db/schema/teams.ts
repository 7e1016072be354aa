import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

export const teams = pgTable('teams', {
  id: uuid('id').primaryKey().defaultRandom(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})
