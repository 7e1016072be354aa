import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '@/lib/testing/database'
import { dropPartitions, ensurePartitions } from './partitions'

const database = testDatabase()

describe('partitions', () => {
  it('are created ahead, again without harm, and dropped by age', async () => {
    const now = new Date('2030-01-10T12:00:00Z')
    await ensurePartitions(database.db, now)
    await ensurePartitions(database.db, now)
    const dropped = await dropPartitions(database.db, 'request_rollups_10', new Date('2030-01-11T00:00:00Z'))
    expect(dropped).toContain('request_rollups_10_p20300110')
    expect(dropped).not.toContain('request_rollups_10_p20300111')
    const rest = await database.db.execute(
      sql`select count(*)::int as n from pg_class where relname = 'request_rollups_10_rest'`,
    )
    expect(rest.rows[0]?.n).toBe(1)
  })
})
