import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { testDatabase } from '@/lib/testing/database'
import { type Cell, insertTraffic } from '@/lib/testing/rollup-rows'
import { RESOLUTIONS } from './resolutions'
import { runRollups } from './run-rollups'

const test = testDatabase()
const HOUR_MS = 3_600_000
const SPAN_MS = 8 * HOUR_MS
const REPLICAS = [
  { revision: 1, replicaId: '11111111-1111-4111-8111-111111111111' },
  { revision: 1, replicaId: '22222222-2222-4222-8222-222222222222' },
  { revision: 2, replicaId: '33333333-3333-4333-8333-333333333333' },
  // Answered by the gateway itself: no replica had it.
  { revision: 2, replicaId: MERGED_UUID },
]

const traffic = fc.uniqueArray(
  fc.record({
    window: fc.integer({ min: 0, max: SPAN_MS / 10_000 - 1 }),
    process: fc.constantFrom('gateway-1', 'gateway-2'),
    place: fc.constantFrom(...REPLICAS),
    status: fc.constantFrom(200, 404, 499, 500),
    durationsUs: fc.array(fc.integer({ min: 0, max: 90_000_000 }), { minLength: 1, maxLength: 5 }),
  }),
  {
    minLength: 1,
    maxLength: 80,
    selector: each => `${each.window}|${each.process}|${each.place.replicaId}|${each.status}`,
  },
)

/** Each case gets a later time than the one before: rollups only move forward. */
let fromMs = Date.UTC(2030, 0, 1)

type Expected = { durationsUs: number[]; statusCounts: Record<string, number> }

/** What every window of a resolution must say, straight from the single requests. */
function fromRaw(cells: readonly Cell[], resolution: number): Map<string, Expected> {
  const expected = new Map<string, Expected>()
  for (const { windowMs, revision, replicaId, status, durationsUs } of cells) {
    const startMs = Math.floor(windowMs / (resolution * 1000)) * resolution * 1000
    const keys = new Set([
      `${startMs}|${revision}|${replicaId}|${status}`,
      `${startMs}|${revision}|${replicaId}|0`,
      `${startMs}|${revision}|${MERGED_UUID}|0`,
      `${startMs}|0|${MERGED_UUID}|0`,
    ])
    for (const key of keys) {
      const entry = expected.get(key) ?? { durationsUs: [], statusCounts: {} }
      expected.set(key, entry)
      entry.durationsUs.push(...durationsUs)
      entry.statusCounts[status] = (entry.statusCounts[status] ?? 0) + durationsUs.length
    }
  }
  return expected
}

const bytesOf = (durationsUs: readonly number[], divisor: number): string => {
  const sketch = new Sketch()
  for (const us of durationsUs) sketch.add(us / divisor)
  return Buffer.from(sketch.encode()).toString('hex')
}

async function expectRolledUp(endpointId: string, cells: readonly Cell[]): Promise<void> {
  const rows = await test.db.select().from(requestRollups).where(eq(requestRollups.endpointId, endpointId))
  for (const resolution of RESOLUTIONS.slice(1)) {
    const expected = fromRaw(cells, resolution)
    const found = rows.filter(row => row.resolution === resolution)
    const keyOf = (row: (typeof rows)[number]) =>
      `${row.windowStart.getTime()}|${row.revision}|${row.replicaId}|${row.status}`
    expect(found.map(keyOf).sort()).toEqual([...expected.keys()].sort())
    for (const row of found) {
      const { durationsUs, statusCounts } = expected.get(keyOf(row)) ?? { durationsUs: [], statusCounts: {} }
      expect(row).toMatchObject({
        processId: '',
        requests: durationsUs.length,
        bytesIn: durationsUs.length * 10,
        tokensOut: durationsUs.length * 4,
        statusCounts: row.status === 0 ? statusCounts : null,
      })
      expect(row.total?.toString('hex')).toBe(bytesOf(durationsUs, 1))
      expect(row.ttfb?.toString('hex')).toBe(bytesOf(durationsUs, 2))
      expect(row.wait?.toString('hex')).toBe(bytesOf(durationsUs, 100))
    }
  }
}

describe('a rollup of rollups', () => {
  it('is at every resolution, byte for byte, the rollup of the single requests', async () => {
    await fc.assert(
      fc.asyncProperty(traffic, async drawn => {
        const endpointId = randomUUID()
        const cells = drawn.map(({ window, process, place, ...rest }) => ({
          endpointId,
          windowMs: fromMs + window * 10_000,
          processId: process,
          ...place,
          ...rest,
        }))
        await insertTraffic(test.db, cells)
        fromMs += SPAN_MS
        await runRollups(test.db, new Date(fromMs + 60_000))
        await expectRolledUp(endpointId, cells)
        // Again: the same rows, the same sums.
        await runRollups(test.db, new Date(fromMs + 60_000))
        await expectRolledUp(endpointId, cells)
      }),
      { numRuns: 12 },
    )
  }, 120_000)

  it('never touches a window that is not over', async () => {
    const endpointId = randomUUID()
    const windowMs = fromMs + HOUR_MS - 10_000
    const place = { revision: 1, replicaId: REPLICAS[0]?.replicaId ?? '' }
    const cell = { endpointId, windowMs, processId: 'gateway-1', ...place, status: 200, durationsUs: [5] }
    await insertTraffic(test.db, [cell])
    const resolutionsAt = async (ms: number) => {
      await runRollups(test.db, new Date(ms))
      const rows = await test.db
        .selectDistinct({ resolution: requestRollups.resolution })
        .from(requestRollups)
        .where(eq(requestRollups.endpointId, endpointId))
      return rows.map(row => row.resolution).sort((a, b) => a - b)
    }
    const endMs = windowMs + 10_000
    expect(await resolutionsAt(endMs + 29_000)).toEqual([10])
    expect(await resolutionsAt(endMs + 30_000)).toEqual([10, 60, 300, 3600])
    expect(await resolutionsAt(endMs + 3 * HOUR_MS + 29_000)).toEqual([10, 60, 300, 3600])
    expect(await resolutionsAt(endMs + 3 * HOUR_MS + 30_000)).toEqual([10, 60, 300, 3600, 14_400])
  }, 120_000)
})
