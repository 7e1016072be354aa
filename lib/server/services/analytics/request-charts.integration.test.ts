import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { continueCharts, sinceOf } from '@/lib/domain/analytics/continue-charts'
import type { RequestCharts } from '@/lib/domain/analytics/view'
import { Sketch } from '@/lib/domain/latency/sketch'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { tokenRollups } from '@/lib/server/db/schema/token-rollups'
import { testDatabase } from '@/lib/testing/database'
import { requestChartsOf } from './request-charts'

const test = testDatabase()
const MINUTE_MS = 60_000
const nowMs = Math.floor(Date.now() / 600_000) * 600_000 + 100_000
const hour = (endMs: number) => ({ fromMs: endMs - 60 * MINUTE_MS, toMs: endMs })

const sketchOf = (count: number, us: number) => {
  const sketch = new Sketch()
  sketch.add(us, count)
  return Buffer.from(sketch.encode())
}

const merged = (endpointId: string, atMs: number, count: number, us: number, status = 200) => ({
  resolution: 10,
  windowStart: new Date(Math.floor(atMs / 10_000) * 10_000),
  endpointId,
  revision: 0,
  replicaId: MERGED_UUID,
  status: 0,
  processId: randomUUID(),
  requests: count,
  statusCounts: { [status]: count },
  bytesIn: count,
  bytesOut: count * 2,
  tokensIn: 0,
  tokensOut: 0,
  total: sketchOf(count, us),
  ttfb: sketchOf(count, us / 2),
  wait: sketchOf(count, 10),
  inFlightMax: count,
  inFlightMean: 0.5,
  waitingMax: 0,
  waitingMean: 0,
  recordsKept: count,
})

/** What an answer says, without how it came about. */
const shown = ({ wholeMs: _, settledMs: __, part: ___, ...charts }: RequestCharts) => charts

describe('a page that stays open', () => {
  it('has after reading only the newest buckets exactly what a new page has', async () => {
    const endpointId = randomUUID()
    const { db } = test
    const before = Array.from({ length: 40 }, (_, index) =>
      merged(endpointId, nowMs - 50 * MINUTE_MS + index * 70_000, 3 + index, 20_000 * (index + 1)),
    )
    await db.insert(requestRollups).values(before)
    const held = await requestChartsOf(db, endpointId, hour(nowMs), {}, nowMs)
    await db
      .insert(requestRollups)
      .values([
        merged(endpointId, nowMs, 11, 900_000, 503),
        merged(endpointId, nowMs - 20_000, 2, 1_000_000, 404),
      ])
    const later = nowMs + 4_000
    const sinceMs = sinceOf(held)
    expect(sinceMs).toBeGreaterThan(held.fromMs)
    const newer = await requestChartsOf(db, endpointId, hour(later), {}, later, {
      ...(sinceMs === undefined ? {} : { sinceMs }),
    })
    expect(newer.heat[0]?.length).toBeLessThanOrEqual(4)
    const joined = continueCharts(held, newer)
    const whole = await requestChartsOf(db, endpointId, hour(later), {}, later)
    if (!joined) throw new Error('They must fit together.')
    expect(shown(joined)).toEqual(shown(whole))
    expect(joined.summary.requests).toBe(before.reduce((sum, row) => sum + row.requests, 0) + 13)
  })

  it('reads everything again when the window has moved on or a minute has passed', async () => {
    const endpointId = randomUUID()
    const held = await requestChartsOf(test.db, endpointId, hour(nowMs), {}, nowMs)
    const later = nowMs + 40_000
    const view = { sinceMs: held.settledMs }
    const newer = await requestChartsOf(test.db, endpointId, hour(later), {}, later, view)
    expect(continueCharts(held, newer)).toBeNull()
    expect(sinceOf({ ...held, nowMs: held.wholeMs + 60_000 })).toBeUndefined()
    expect(sinceOf(undefined)).toBeUndefined()
  })
})

describe('special windows', () => {
  it('show one request as one, and everything else as gaps', async () => {
    const endpointId = randomUUID()
    await test.db.insert(requestRollups).values(merged(endpointId, nowMs - 30 * MINUTE_MS, 1, 250_000))
    const charts = await requestChartsOf(test.db, endpointId, hour(nowMs), {}, nowMs)
    expect(charts.summary.requests).toBe(1)
    expect(charts.total.p50.filter(value => value !== null)).toHaveLength(1)
    expect(charts.total.p50.filter(value => value !== null)).toEqual(
      charts.total.p99.filter(value => value !== null),
    )
    expect(charts.heat.flat().reduce((sum, count) => sum + count, 0)).toBe(1)
  })

  it('have the period before in as many buckets of the same length, ending where this one begins', async () => {
    const endpointId = randomUUID()
    await test.db
      .insert(requestRollups)
      .values([
        merged(endpointId, nowMs - 5 * MINUTE_MS, 7, 1_000),
        merged(endpointId, nowMs - 65 * MINUTE_MS, 5, 1_000),
      ])
    const read = (period: 'now' | 'before') =>
      requestChartsOf(test.db, endpointId, hour(nowMs), {}, nowMs, { period })
    const [now, before] = [await read('now'), await read('before')]
    expect([before.toMs, before.count, before.stepSeconds]).toEqual([now.fromMs, now.count, now.stepSeconds])
    expect([now.summary.requests, before.summary.requests]).toEqual([7, 5])
    const place = (charts: RequestCharts) => charts.statuses[0]?.counts.findIndex(count => count > 0)
    expect(Math.abs((place(now) ?? 0) - (place(before) ?? 0))).toBeLessThanOrEqual(1)
  })
})

describe('a token filter', () => {
  it('has counts by class and latency of that token alone, from minutes up', async () => {
    const [endpointId, tokenId] = [randomUUID(), randomUUID()]
    const row = (token: string, statusClass: number, requests: number) => ({
      resolution: 60,
      windowStart: new Date(nowMs - 10 * MINUTE_MS - (nowMs % MINUTE_MS)),
      endpointId,
      tokenId: token,
      statusClass,
      processId: 'gateway-1',
      requests,
      total: sketchOf(requests, 40_000),
    })
    await test.db
      .insert(tokenRollups)
      .values([row(tokenId, 2, 30), row(tokenId, 5, 4), row(tokenId, 499, 6), row(MERGED_UUID, 2, 9)])
    const quarter = { fromMs: nowMs - 15 * MINUTE_MS, toMs: nowMs }
    const charts = await requestChartsOf(test.db, endpointId, quarter, { tokenId }, nowMs)
    expect(charts.stepSeconds).toBe(60)
    expect(charts.byToken).toBe(true)
    expect(charts.summary.requests).toBe(40)
    expect(charts.statuses.map(({ status, counts }) => [status, Math.max(...counts)])).toEqual([
      [200, 30],
      [499, 6],
      [500, 4],
    ])
    expect(Math.abs((charts.summary.total.p95 ?? 0) - 40)).toBeLessThanOrEqual(0.4)
    expect(charts.ttfb.p50.every(value => value === null)).toBe(true)
    await test.db
      .insert(requestRollups)
      .values({ ...merged(endpointId, nowMs - 5 * MINUTE_MS, 1, 1_000), gapPossible: 1 })
    const { gapsMs } = await requestChartsOf(test.db, endpointId, quarter, { tokenId }, nowMs)
    expect(gapsMs).toEqual([Math.floor((nowMs - 5 * MINUTE_MS) / MINUTE_MS) * MINUTE_MS])
    const none = await requestChartsOf(test.db, endpointId, quarter, { tokenId: MERGED_UUID }, nowMs)
    expect(none.summary.requests).toBe(9)
  })
})
