import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { tokenRollups } from '@/lib/server/db/schema/token-rollups'
import { RESOLUTIONS } from '@/lib/server/services/analytics/resolutions'
import { runRollups } from '@/lib/server/services/analytics/run-rollups'
import { testDatabase } from '@/lib/testing/database'
import { type DeltaLine, emptyLine } from './delta'
import { encoded } from './row-sum'
import { writeDelta } from './write-delta'

const test = testDatabase()
const MINUTE_MS = 60_000
const LONGEST_MS = Math.max(...RESOLUTIONS) * 1000
const PROCESSES = ['gateway-a', 'gateway-b'] as const
const WINDOWS = 6
/** States a window goes through: so many requests more in each. */
const STATES = 3
/** Two of the longest windows ago, so that every resolution is complete. */
const FROM_MS = Math.floor(Date.now() / LONGEST_MS) * LONGEST_MS - 2 * LONGEST_MS
const REPLICA = randomUUID()
const TOKEN = randomUUID()

type Place = { endpointId: string; fromMs: number }

/** The whole state of a window after its `state`-th flush, as a gateway says it: never what was added. */
function stateOf({ endpointId, fromMs }: Place, window: number, process: number, state: number): DeltaLine {
  const windowMs = fromMs + window * 37 * MINUTE_MS
  const requests = (window + 1) * 10 + process * 3 + state * 7
  const sketch = new Sketch()
  for (let i = 0; i < requests; i++) sketch.add(1_000 * (1 + ((i * 31 + window * 7 + process) % 500)))
  const total = encoded(sketch)
  const row = {
    windowMs,
    endpointId,
    requests,
    bytesIn: requests,
    bytesOut: 2 * requests,
    tokensIn: 0,
    tokensOut: 0,
    total,
    ttfb: total,
    wait: null,
    gapPossible: 0 as const,
    inFlightMax: null,
    inFlightMean: null,
    waitingMax: null,
    waitingMean: null,
    recordsKept: null,
  }
  return {
    ...emptyLine(),
    rollups: [
      { ...row, revision: 1, replicaId: REPLICA, status: 200, statusCounts: null },
      { ...row, revision: 0, replicaId: MERGED_UUID, status: 0, statusCounts: { 200: requests } },
    ],
    tokens: [
      {
        windowMs: Math.floor(windowMs / MINUTE_MS) * MINUTE_MS,
        endpointId,
        tokenId: TOKEN,
        statusClass: 2,
        requests,
        total,
      },
    ],
  }
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      window: fc.integer({ min: 0, max: WINDOWS - 1 }),
      process: fc.integer({ min: 0, max: 1 }),
      state: fc.integer({ min: 0, max: STATES - 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant('rollups' as const) },
)

const requestsBy = async (endpointId: string, resolution: number) => {
  const rows = await test.db
    .select()
    .from(requestRollups)
    .where(and(eq(requestRollups.endpointId, endpointId), eq(requestRollups.resolution, resolution)))
  const tokens = await test.db
    .select()
    .from(tokenRollups)
    .where(and(eq(tokenRollups.endpointId, endpointId), eq(tokenRollups.resolution, resolution)))
  const sum = (of: { requests: number }[]) => of.reduce((total, row) => total + row.requests, 0)
  const merged = rows.filter(row => row.revision === 0)
  const sketch = new Sketch()
  for (const { total } of merged) if (total) sketch.mergeEncoded(total)
  return {
    merged: sum(merged),
    inSketches: sketch.count,
    cells: sum(rows.filter(row => row.status > 0)),
    tokens: resolution === 10 ? null : sum(tokens),
  }
}

describe('flushes', () => {
  it('in any order, late, repeated or replayed count every request once at every resolution', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.infiniteStream(fc.nat()),
        async (steps, order) => {
          // All of it is late: rollups have passed these hours already.
          const place = { endpointId: randomUUID(), fromMs: FROM_MS }
          const flush = (window: number, process: number, state: number) =>
            writeDelta(test.db, PROCESSES[process] ?? '', stateOf(place, window, process, state))
          for (const each of steps) {
            if (each === 'rollups') await runRollups(test.db, new Date())
            else await flush(each.window, each.process, each.state)
          }
          let expected = 0
          const last = Array.from({ length: WINDOWS * 2 }, (_, index) => index)
          for (const index of last.sort(() => ((order.next().value ?? 0) % 2) - 0.5)) {
            const [window, process] = [Math.floor(index / 2), index % 2]
            const final = stateOf(place, window, process, STATES - 1)
            expected += final.rollups[0]?.requests ?? 0
            await writeDelta(test.db, PROCESSES[process] ?? '', final)
            // A replay of what was on disk when the process was killed: an older state after the newest.
            await flush(window, process, 0)
          }
          await runRollups(test.db, new Date())
          for (const resolution of RESOLUTIONS) {
            const isTokens = resolution > 10
            expect({ resolution, ...(await requestsBy(place.endpointId, resolution)) }).toEqual({
              resolution,
              merged: expected,
              inSketches: expected,
              cells: expected,
              tokens: isTokens ? expected : null,
            })
          }
        },
      ),
      { numRuns: 8 },
    )
  }, 180_000)

  it('that come late touch the windows that hold them, of their endpoint, and no other row', async () => {
    const fromMs = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 6 * 3_600_000
    const [late, other] = [randomUUID(), randomUUID()]
    const write = (endpointId: string, window: number, state: number) =>
      writeDelta(test.db, 'gateway-a', stateOf({ endpointId, fromMs }, window, 0, state))
    for (const endpointId of [late, other])
      for (let window = 0; window < 4; window++) await write(endpointId, window, 0)
    await runRollups(test.db, new Date())
    const versions = async (table: 'request_rollups' | 'token_rollups') => {
      const { rows } = await test.db.$client.query(
        `select resolution, window_start, endpoint_id, xmin::text || '/' || ctid::text as version from ${table}
         where resolution > 60 and endpoint_id = any($1)`,
        [[late, other]],
      )
      return new Map(
        rows.map(row => [
          `${row.endpoint_id}|${row.resolution}|${row.window_start.getTime()}|${row.version}`,
          row,
        ]),
      )
    }
    const before = { requests: await versions('request_rollups'), tokens: await versions('token_rollups') }
    await write(late, 1, 1)
    await runRollups(test.db, new Date())
    const lateMs = fromMs + 37 * MINUTE_MS
    for (const [table, known] of [
      ['request_rollups', before.requests],
      ['token_rollups', before.tokens],
    ] as const) {
      const changed = [...(await versions(table))].filter(([id]) => !known.has(id)).map(([, row]) => row)
      expect(changed.length).toBeGreaterThan(0)
      for (const row of changed) {
        const startMs = row.window_start.getTime()
        expect(row.endpoint_id).toBe(late)
        expect(startMs <= lateMs && lateMs < startMs + row.resolution * 1000).toBe(true)
      }
    }
  })
})
