import { sql } from 'drizzle-orm'
import { closeDatabase, type Database, openDatabase } from '@/lib/server/db/client'

/** A schema that is searched before PostgreSQL's own: its `now()` is the one that statements mean. */
const SEARCH_PATH = '-c search_path=clock,public,pg_catalog'

/** The way to a database whose `now()` stands still, at a moment that the test sets. Leases go on by the real time. */
export class StoppedClock {
  private constructor(readonly db: Database) {}

  static async start(url: string): Promise<StoppedClock> {
    const stopped = new URL(url)
    stopped.searchParams.set('options', SEARCH_PATH)
    const db = openDatabase(stopped.href, { max: 6 })
    await db.execute(sql`create schema clock`)
    await db.execute(sql`create table clock.moment as select pg_catalog.now() as at`)
    await db.execute(
      sql`create function clock.now() returns timestamptz language sql stable as 'select at from clock.moment'`,
    )
    return new StoppedClock(db)
  }

  async setTo(at: Date): Promise<void> {
    await this.db.execute(sql`update clock.moment set at = ${at.toISOString()}::timestamptz`)
  }

  stop = (): Promise<void> => closeDatabase(this.db)
}
