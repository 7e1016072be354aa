import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { EmbeddedDatabaseError } from './failure'

/** Recovery after a crash replays the log: minutes on a slow disk, and giving up would only repeat it. */
const READY_TIMEOUT_MS = 10 * 60_000

const maintenanceUrl = (url: string): string => {
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  return maintenance.href
}

async function connects(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code } = error as { code?: string }
    // 28P01: the password is not the one the cluster was made with. Everything else passes while it starts.
    if (code === '28P01')
      throw new EmbeddedDatabaseError(
        "PostgreSQL refused the password kept in the data directory (postgres/password): it is not this database's.",
      )
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Waits until the server answers queries, as long as its process lives. */
export async function waitUntilReady(url: string, isAlive: () => boolean): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  for (;;) {
    if (!isAlive()) throw new EmbeddedDatabaseError('it exited while it was starting.')
    if (await connects(maintenanceUrl(url))) return
    if (Date.now() > deadline) throw new EmbeddedDatabaseError('it answered no query within 10 minutes.')
    await sleep(50)
  }
}

/** Makes Slipway's own database in the cluster, once. */
export async function ensureDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  const client = new pg.Client({ connectionString: maintenanceUrl(url) })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}
