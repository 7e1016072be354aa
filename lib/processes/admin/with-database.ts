import { existsSync } from 'node:fs'
import { closeDatabase, type Database, openDatabase } from '@/lib/server/db/client'
import { startEmbedded } from '@/lib/server/db/embedded/server'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { env } from '@/lib/server/env'

/** An expected failure; its message is shown as it is. */
export class AdminFailure extends Error {
  override readonly name = 'AdminFailure'
}

/**
 * Runs a command on the database of this installation. Slipway's own PostgreSQL is used where it runs, and
 * otherwise started for the command and stopped again.
 */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const { DATABASE_URL: external, SLIPWAY_DATA_DIR: dataDir } = env()
  if (external) return onDatabase(external, work)
  if (!existsSync(dataDir))
    throw new AdminFailure(
      `There is no Slipway in ${dataDir} yet: begin with npm start, or set SLIPWAY_DATA_DIR.`,
    )
  const server = await startEmbedded({ dataDir })
  try {
    if (!server.adopted) await migrateDatabase(server.url)
    return await onDatabase(server.url, work)
  } finally {
    if (!server.adopted) await server.stop()
  }
}

async function onDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase(url, { max: 1, applicationName: 'slipway-admin' })
  try {
    return await work(db)
  } finally {
    await closeDatabase(db)
  }
}
