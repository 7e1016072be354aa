import type { Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { testDatabase } from '@/lib/testing/database'
import { closeDatabase, type Database, openDatabase } from './client'

const database = testDatabase()
let db: Database
afterEach(() => closeDatabase(db))

const one = sql`select 1 as one`

/** The connection breaks just as the next client is taken out of the pool. */
const breakNext = () =>
  db.$client.once('acquire', client => {
    const { connection } = client as unknown as { connection: { stream: Socket } }
    connection.stream.destroy()
  })

describe('a connection that is lost', () => {
  it('as a transaction begins costs no place of the pool', async () => {
    db = openDatabase(database.url, { max: 1 })
    await db.execute(one)
    for (let round = 0; round < 3; round++) {
      breakNext()
      await expect(db.transaction(tx => tx.execute(one))).rejects.toThrow()
    }
    expect((await db.transaction(tx => tx.execute(one))).rows).toEqual([{ one: 1 }])
    expect(db.$client.totalCount).toBe(1)
  })

  it('within a transaction is released once', async () => {
    db = openDatabase(database.url, { max: 1 })
    const broken = db.transaction(async tx => {
      await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
    })
    await expect(broken).rejects.toThrow()
    expect((await db.execute(one)).rows).toEqual([{ one: 1 }])
  })
})
