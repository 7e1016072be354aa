import type { Actor } from '@/lib/domain/access/actor'
import type { Database, Queryable } from '@/lib/server/db/client'

/** What every verb takes: where the data is and who asks. */
export type Context = { db: Database; actor: Actor }

/** Inside a change: the transaction in the database's place, so that event and audit row share its fate. */
export type ChangeContext = { db: Queryable; actor: Actor }
