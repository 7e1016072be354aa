import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { ensurePartitions } from './partitions'

/** Any number; the same for every Slipway so that two starts take turns (concurrent migrations race). */
const MIGRATION_LOCK = 7_452_001

/** Folder of the SQL files, relative to the project root, which is every program's working directory. */
const MIGRATIONS = join('lib', 'server', 'db', 'migrations')

/** Brings the database to the newest schema and creates the partitions of the days ahead. Idempotent. */
export async function migrateDatabase(url: string, root = process.cwd()): Promise<void> {
  const migrationsFolder = join(root, MIGRATIONS)
  if (!existsSync(migrationsFolder))
    throw new Error(`No migrations at ${migrationsFolder}: start from the project's folder.`)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    const db = drizzle({ client })
    await migrate(db, { migrationsFolder })
    await ensurePartitions(db, new Date())
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
  } finally {
    await client.end()
  }
}
