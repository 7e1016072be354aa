import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MERGED_UUID } from '@/lib/server/db/schema/request-rollups'
import { testDatabase } from '@/lib/testing/database'
import { type Cell, insertTraffic } from '@/lib/testing/rollup-rows'
import { type RequestFilter, requestChartsOf } from './request-charts'
import { runRollups } from './run-rollups'

const test = testDatabase()
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const nowMs = Date.UTC(2030, 4, 5, 12, 34, 56)
const endpointId = randomUUID()
const [FIRST, SECOND, THIRD] = [randomUUID(), randomUUID(), randomUUID()]
const PLACES = [
  { revision: 1, replicaId: FIRST, status: 200, us: 10_000 },
  { revision: 1, replicaId: FIRST, status: 500, us: 20_000 },
  { revision: 1, replicaId: SECOND, status: 200, us: 40_000 },
  { revision: 2, replicaId: THIRD, status: 200, us: 80_000 },
  { revision: 2, replicaId: MERGED_UUID, status: 503, us: 1_000 },
]

/** Every minute of a day, and every 10 s of its last ten minutes. */
const times = [
  ...Array.from({ length: 24 * 60 - 10 }, (_, minute) => nowMs - 24 * HOUR_MS + minute * MINUTE_MS),
  ...Array.from({ length: 60 }, (_, step) => nowMs - 10 * MINUTE_MS + step * 10_000),
]
const cells: Cell[] = times.flatMap(ms =>
  PLACES.map(({ us, ...place }) => ({
    endpointId,
    windowMs: Math.floor(ms / 10_000) * 10_000,
    processId: 'gateway-1',
    ...place,
    durationsUs: [us],
  })),
)

/** Counts rows as they come from the database. */
async function countingRows<T>(work: () => Promise<T>): Promise<{ value: T; rows: number }> {
  const pool = test.db.$client
  const query = pool.query
  let rows = 0
  pool.query = ((...args: Parameters<typeof query>) =>
    (Reflect.apply(query, pool, args) as unknown as Promise<{ rows: unknown[] }>).then(result => {
      rows += result.rows.length
      return result
    })) as typeof query
  try {
    return { value: await work(), rows }
  } finally {
    pool.query = query
  }
}

const windowOf = (hours: number) => ({ fromMs: nowMs - hours * HOUR_MS, toMs: nowMs })
const read = async (hours: number, filter: RequestFilter) => {
  const { value, rows } = await countingRows(() =>
    requestChartsOf(test.db, endpointId, windowOf(hours), filter, nowMs),
  )
  const counts = value.statuses.map(({ status, counts }) => [status, counts.reduce((a, b) => a + b, 0)])
  return { counts: Object.fromEntries(counts), rows, charts: value }
}

const FILTERS: [string, RequestFilter, (place: (typeof PLACES)[number]) => boolean][] = [
  ['nothing', {}, () => true],
  ['a revision', { revision: 1 }, place => place.revision === 1],
  ['a revision with requests of no replica', { revision: 2 }, place => place.revision === 2],
  ['a replica', { replicaId: FIRST }, place => place.replicaId === FIRST],
  ['a replica of its revision', { revision: 1, replicaId: SECOND }, place => place.replicaId === SECOND],
  ['no replica', { replicaId: MERGED_UUID }, place => place.replicaId === MERGED_UUID],
  ['a replica of another revision', { revision: 2, replicaId: FIRST }, () => false],
]

describe('a filter on', () => {
  it('anything counts exactly what it leaves, before and after rollups, from a bounded number of rows', async () => {
    await insertTraffic(test.db, cells)
    for (const rolledUp of [false, true]) {
      if (rolledUp) await runRollups(test.db, new Date(nowMs))
      for (const [name, filter, isLeft] of FILTERS) {
        for (const hours of [0.25, 1, 6, 24]) {
          const { counts, rows, charts } = await read(hours, filter)
          const expected: Record<string, number> = {}
          for (const cell of cells) {
            if (cell.windowMs < charts.fromMs || !PLACES.some(place => isLeft(place) && isSame(place, cell)))
              continue
            expected[cell.status] = (expected[cell.status] ?? 0) + 1
          }
          expect({ name, hours, counts }).toEqual({ name, hours, counts: expected })
          // A point of the chart takes a few rows; only windows not yet rolled up have one per code and replica.
          if (rolledUp) expect(rows).toBeLessThanOrEqual(500)
        }
      }
    }
  }, 120_000)

  it('a replica has the percentiles of its requests alone', async () => {
    const { charts } = await read(24, { replicaId: SECOND })
    for (const percentile of ['p50', 'p99'] as const) {
      expect(Math.abs((charts.summary.total[percentile] ?? 0) - 40)).toBeLessThanOrEqual(0.4)
      expect(Math.abs((charts.summary.ttfb[percentile] ?? 0) - 20)).toBeLessThanOrEqual(0.2)
    }
  })
})

const isSame = (place: { replicaId: string; status: number; revision: number }, cell: Cell): boolean =>
  place.replicaId === cell.replicaId && place.status === cell.status && place.revision === cell.revision
