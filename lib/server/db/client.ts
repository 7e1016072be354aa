import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { env } from '@/lib/server/env'
import { SelfHealingPool } from './pool'

export type Database = NodePgDatabase & { $client: pg.Pool }
/** A database or a transaction of it: what a query helper takes. */
export type Queryable = Pick<
  Database,
  'select' | 'selectDistinct' | 'selectDistinctOn' | 'insert' | 'update' | 'delete' | 'execute'
>

/** Counters fit a double exactly up to 2^53; strings for bigint would only move the parse into every caller. */
pg.types.setTypeParser(pg.types.builtins.INT8, text => Number(text))

/** Opens a pool. The caller ends it with `close`. */
export function openDatabase(
  url: string,
  options: { max?: number; applicationName?: string } = {},
): Database {
  const pool = new SelfHealingPool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'slipway',
    connectionTimeoutMillis: 10_000,
    // A statement that hangs must not hold a page or a pass forever.
    statement_timeout: 60_000,
  })
  // Idle clients report a lost server here; the next query reports it to whoever asked.
  pool.on('error', () => {})
  // Between two statements of a transaction a lost server has no one else to be reported to, and would end Node.
  pool.on('connect', client => client.on('error', () => {}))
  return drizzle({ client: pool }) as Database
}

export const closeDatabase = (db: Database): Promise<void> => db.$client.end()

const globalKey = Symbol.for('slipway.database')
type Holder = { [globalKey]?: Database }

/** The portal's database: one pool per process, whichever bundle of Next asks. */
export function database(): Database {
  const holder = globalThis as Holder
  const e = env()
  if (!e.DATABASE_URL)
    throw new Error(
      'DATABASE_URL is not set: start Slipway with `npm start`, which sets it for its programs.',
    )
  holder[globalKey] ??= openDatabase(e.DATABASE_URL, {
    max: e.SLIPWAY_DATABASE_POOL,
    applicationName: 'slipway-portal',
  })
  return holder[globalKey]
}
