import { randomUUID } from 'node:crypto'
import { count, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { lateWindows } from '@/lib/server/db/schema/late-windows'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { testDatabase } from '@/lib/testing/database'
import { requestChartsOf } from './request-charts'
import { runRollups } from './run-rollups'

const database = testDatabase()
const HOUR_MS = 3_600_000
const nowMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS + 25 * 60_000
const start = nowMs - 3 * HOUR_MS

/** Durations of a window in microseconds; deterministic, spread over three decades. */
const durations = (window: number, process: number): number[] =>
  Array.from(
    { length: 20 },
    (_, index) => 1000 + ((window * 7919 + process * 104_729 + index * 15_485_863) % 1_000_000),
  )

function row(endpointId: string, windowMs: number, process: number, status: number, values: number[]) {
  const sketch = new Sketch()
  for (const value of values) sketch.add(value)
  return {
    resolution: 10,
    windowStart: new Date(windowMs),
    endpointId,
    revision: status === 0 ? 0 : 1,
    replicaId: status === 0 ? MERGED_UUID : '11111111-1111-4111-8111-111111111111',
    status,
    processId: `gateway-${process}`,
    requests: values.length,
    statusCounts: status === 0 ? { 200: values.length } : null,
    bytesIn: 10,
    bytesOut: 20,
    tokensIn: 0,
    tokensOut: 0,
    total: Buffer.from(sketch.encode()),
    ttfb: Buffer.from(sketch.encode()),
    wait: null,
    inFlightMax: process,
    inFlightMean: 0.5,
    waitingMax: 0,
    waitingMean: 0,
    recordsKept: values.length,
  }
}

async function writeTraffic(endpointId: string, fromMs: number, toMs: number): Promise<number[]> {
  const all: number[] = []
  const rows = []
  for (let at = fromMs; at < toMs; at += 10_000) {
    for (const process of [1, 2]) {
      const values = durations(at / 10_000, process)
      all.push(...values)
      rows.push(row(endpointId, at, process, 0, values), row(endpointId, at, process, 200, values))
    }
  }
  for (let i = 0; i < rows.length; i += 400)
    await database.db.insert(requestRollups).values(rows.slice(i, i + 400))
  return all
}

const nearestRank = (values: number[], q: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}

const requestsAt = async (endpointId: string, resolution: number) => {
  const rows = await database.db
    .select()
    .from(requestRollups)
    .where(eq(requestRollups.endpointId, endpointId))
  return rows
    .filter(found => found.resolution === resolution && found.status === 0 && found.revision === 0)
    .reduce((sum, found) => sum + found.requests, 0)
}

describe('rollups', () => {
  it('keep counts exact and percentiles within 1 % at every resolution, and charts the same before and after', async () => {
    const endpointId = randomUUID()
    const all = await writeTraffic(endpointId, start, nowMs)
    const window = { fromMs: start - HOUR_MS, toMs: nowMs }
    const before = await requestChartsOf(database.db, endpointId, window, {}, nowMs)
    await runRollups(database.db, new Date(nowMs))
    await runRollups(database.db, new Date(nowMs))
    const after = await requestChartsOf(database.db, endpointId, window, {}, nowMs)
    expect(after.summary.requests).toBe(all.length)
    expect(after).toEqual(before)
    expect(await requestsAt(endpointId, 60)).toBeGreaterThan(0)
    expect(await requestsAt(endpointId, 3600)).toBe(all.length - 25 * 6 * 40)
    for (const [name, q] of [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const exact = nearestRank(all, q) / 1000
      expect(Math.abs((after.summary.total[name] ?? 0) - exact) / exact).toBeLessThanOrEqual(0.01)
    }
  })

  it('count a late window once it is marked, and never twice', async () => {
    const endpointId = randomUUID()
    await writeTraffic(endpointId, start, start + HOUR_MS)
    await runRollups(database.db, new Date(nowMs))
    const lateAt = start + 600_000
    await database.db.insert(requestRollups).values(row(endpointId, lateAt, 3, 0, [5, 6, 7]))
    // The rollup has passed this hour for other endpoints already: every minute of it is late here.
    const minutes = Array.from({ length: 60 }, (_, index) => ({
      endpointId,
      minute: new Date(start + index * 60_000),
    }))
    await database.db.insert(lateWindows).values(minutes)
    const expected = await requestsAt(endpointId, 10)
    await runRollups(database.db, new Date(nowMs))
    await runRollups(database.db, new Date(nowMs))
    expect(await requestsAt(endpointId, 60)).toBe(expected)
    const [left] = await database.db.select({ n: count() }).from(lateWindows)
    expect(left?.n).toBe(0)
  })
})
