import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { closeDatabase, type Database, openDatabase } from '@/lib/server/db/client'

/** A database of one's own, cloned from the migrated template. Dropped afterwards. */
export async function createTestDatabase(): Promise<{
  db: Database
  url: string
  drop: () => Promise<void>
}> {
  const adminUrl = inject('adminUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: adminUrl })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await admin(`create database ${name} template ${inject('templateName')}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  const db = openDatabase(url.href, { max: 6, applicationName: name })
  return {
    db,
    url: url.href,
    drop: async () => {
      await closeDatabase(db)
      await admin(`drop database if exists ${name} with (force)`)
    },
  }
}

/** Registers hooks that give the file its own database; read `.db` inside tests. */
export function testDatabase(): { readonly db: Database; readonly url: string } {
  let current: Awaited<ReturnType<typeof createTestDatabase>> | undefined
  beforeAll(async () => {
    current = await createTestDatabase()
  })
  afterAll(async () => {
    await current?.drop()
  })
  const get = () => {
    if (!current) throw new Error('The test database exists only inside tests and hooks.')
    return current
  }
  return {
    get db() {
      return get().db
    },
    get url() {
      return get().url
    },
  }
}
