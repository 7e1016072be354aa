import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { ensurePartitions } from '@/lib/server/db/partitions'
import { lateWindows } from '@/lib/server/db/schema/late-windows'
import { requestRollups } from '@/lib/server/db/schema/request-rollups'
import { testDatabase } from '@/lib/testing/database'
import { insertTraffic } from '@/lib/testing/rollup-rows'
import { dropExpired } from './drop-expired'
import { runRollups } from './run-rollups'

const test = testDatabase()
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const KEPT = { fineMs: DAY_MS, minutesMs: 30 * DAY_MS, hoursMs: 400 * DAY_MS, recordsMs: 7 * DAY_MS }
const start = new Date('2031-03-01T00:00:00Z')
const later = (days: number) => new Date(start.getTime() + days * DAY_MS)

const resolutionsOf = async (endpointId: string) => {
  const rows = await test.db
    .selectDistinct({ resolution: requestRollups.resolution })
    .from(requestRollups)
    .where(eq(requestRollups.endpointId, endpointId))
  return rows.map(row => row.resolution).sort((a, b) => a - b)
}
const oneRequest = (endpointId: string, windowMs: number, processId = 'gateway-1') =>
  insertTraffic(test.db, [
    {
      endpointId,
      windowMs,
      processId,
      revision: 1,
      replicaId: randomUUID(),
      status: 200,
      durationsUs: [1_000],
    },
  ])

/** The database was made today, with partitions of today; and records have no rollups to wait for. */
const ofThisTest = (names: string[]) => names.filter(name => /_rollups_\d+_p203/.test(name))

describe('retention', () => {
  it('drops whole partitions, finest first, never a row, and only what is rolled up', async () => {
    const endpointId = randomUUID()
    await ensurePartitions(test.db, start)
    await oneRequest(endpointId, start.getTime() + 10 * HOUR_MS)
    // No controller has rolled anything up: nothing may go, however old.
    expect(ofThisTest(await dropExpired(test.db, later(90), KEPT))).toEqual([])
    await runRollups(test.db, later(1.5))
    expect(await dropExpired(test.db, later(1.9), KEPT)).not.toContain('request_rollups_10_p20310301')
    const { rows: before } = await test.db.$client.query(
      `select sum(n_tup_del)::int as n from pg_stat_user_tables`,
    )
    const dropped = await dropExpired(test.db, later(2), KEPT)
    expect(dropped).toContain('request_rollups_10_p20310301')
    expect(dropped).toContain('hardware_rollups_10_p20310301')
    expect(await resolutionsOf(endpointId)).toEqual([60, 300, 3600, 14_400])
    const { rows: after } = await test.db.$client.query(
      `select sum(n_tup_del)::int as n from pg_stat_user_tables`,
    )
    expect(after[0]?.n).toBe(before[0]?.n)
    // What comes now for that minute would replace what it was made of: it is refused, and counted.
    const minute = new Date(start.getTime() + 10 * HOUR_MS)
    await oneRequest(endpointId, minute.getTime(), 'gateway-2')
    await test.db.insert(lateWindows).values({ endpointId, minute })
    expect(await runRollups(test.db, later(2))).toEqual({ tooLate: 1 })
    expect(await runRollups(test.db, later(2))).toEqual({ tooLate: 0 })
    expect(await resolutionsOf(endpointId)).toEqual([60, 300, 3600, 14_400])
    await runRollups(test.db, later(38))
    await dropExpired(test.db, later(38), KEPT)
    expect(await resolutionsOf(endpointId)).toEqual([3600, 14_400])
    await runRollups(test.db, later(430))
    await dropExpired(test.db, later(430), KEPT)
    expect(await resolutionsOf(endpointId)).toEqual([])
  })

  it('is what it is set to', async () => {
    const endpointId = randomUUID()
    const from = later(500)
    await ensurePartitions(test.db, from)
    await oneRequest(endpointId, from.getTime())
    await runRollups(test.db, new Date(from.getTime() + 30 * HOUR_MS))
    const longer = { ...KEPT, fineMs: 3 * DAY_MS }
    await dropExpired(test.db, new Date(from.getTime() + 3.9 * DAY_MS), longer)
    expect(await resolutionsOf(endpointId)).toContain(10)
    await dropExpired(test.db, new Date(from.getTime() + 4 * DAY_MS), longer)
    expect(await resolutionsOf(endpointId)).not.toContain(10)
  }, 120_000)
})

describe('partitions that nobody made in time', () => {
  it('are made later, with the rows that came meanwhile', async () => {
    const endpointId = randomUUID()
    const at = new Date('2033-06-01T12:00:00Z')
    await oneRequest(endpointId, at.getTime())
    const partOf = async () => {
      const { rows } = await test.db.$client.query(
        'select distinct tableoid::regclass::text as part from request_rollups where endpoint_id = $1',
        [endpointId],
      )
      return rows.map(row => row.part)
    }
    expect(await partOf()).toEqual(['request_rollups_10_rest'])
    await ensurePartitions(test.db, at)
    await ensurePartitions(test.db, at)
    expect(await partOf()).toEqual(['request_rollups_10_p20330601'])
  })
})
