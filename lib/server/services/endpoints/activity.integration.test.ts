import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Sketch } from '@/lib/domain/latency/sketch'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import { testDatabase } from '@/lib/testing/database'
import { writeWatermark } from '../analytics/watermark'
import { activityOf } from './activity'

const database = testDatabase()
const HOUR_MS = 3_600_000
const now = new Date('2030-05-05T12:34:56Z')
const at = (text: string) => Date.parse(`2030-05-05T${text}Z`)

type Row = { resolution: number; startMs: number; requests: number; latencyUs: number; status?: number }

function write(endpointId: string, rows: readonly Row[]) {
  return database.db.insert(requestRollups).values(
    rows.map(({ resolution, startMs, requests, latencyUs, status = 0 }) => {
      const sketch = new Sketch()
      sketch.add(latencyUs, requests)
      return {
        resolution,
        windowStart: new Date(startMs),
        endpointId,
        revision: status === 0 ? 0 : 1,
        replicaId: MERGED_UUID,
        status,
        processId: 'gateway',
        requests,
        bytesIn: 0,
        bytesOut: 0,
        tokensIn: 0,
        tokensOut: 0,
        total: Buffer.from(sketch.encode()),
      }
    }),
  )
}

describe('the last 24 hours of an endpoint', () => {
  it('are counted once each, from hours, minutes and 10 s windows, wherever rollups stand', async () => {
    const id = randomUUID()
    const dayAgo = now.getTime() - 24 * HOUR_MS
    await writeWatermark(database.db, { 3600: at('11:00:00'), 60: at('12:30:00') })
    await write(id, [
      // Beyond the 24 hours, and inside them in the hour that is cut.
      { resolution: 60, startMs: dayAgo - 120_000, requests: 1_000, latencyUs: 1 },
      { resolution: 60, startMs: dayAgo + 120_000, requests: 1, latencyUs: 1_000 },
      // The same hour rolled up whole: not read, because it is cut.
      { resolution: 3600, startMs: Math.floor(dayAgo / HOUR_MS) * HOUR_MS, requests: 1_001, latencyUs: 1 },
      // A closed hour, with the minute it was made of.
      { resolution: 3600, startMs: at('10:00:00'), requests: 20, latencyUs: 10_000 },
      { resolution: 60, startMs: at('10:05:00'), requests: 20, latencyUs: 10_000 },
      { resolution: 10, startMs: at('10:05:00'), requests: 20, latencyUs: 10_000 },
      // Not an hour yet; the minute and what it was made of.
      { resolution: 60, startMs: at('11:30:00'), requests: 300, latencyUs: 50_000 },
      { resolution: 10, startMs: at('11:30:10'), requests: 300, latencyUs: 50_000 },
      // Not a minute yet; and a row of one status beside the merged one.
      { resolution: 10, startMs: at('12:34:50'), requests: 4_000, latencyUs: 90_000 },
      { resolution: 10, startMs: at('12:34:50'), requests: 4_000, latencyUs: 90_000, status: 200 },
    ])
    const idle = randomUUID()
    const found = await activityOf(database.db, [id, idle], now)
    const activity = found.get(id)
    expect(activity?.requests).toBe(1 + 20 + 300 + 4_000)
    expect(activity?.hourly.reduce((sum, count) => sum + count, 0)).toBe(activity?.requests)
    expect(activity?.hourly).toHaveLength(24)
    expect(activity?.hourly[0]).toBe(1)
    expect(activity?.hourly[23]).toBe(4_000)
    expect(Math.abs((activity?.p95Us ?? 0) - 90_000) / 90_000).toBeLessThan(0.01)
    expect(found.has(idle)).toBe(false)
  })

  it('are complete without any rollup at all', async () => {
    const id = randomUUID()
    await writeWatermark(database.db, {})
    await write(id, [
      { resolution: 10, startMs: at('01:00:00'), requests: 7, latencyUs: 5_000 },
      { resolution: 10, startMs: at('12:34:40'), requests: 3, latencyUs: 5_000 },
    ])
    expect((await activityOf(database.db, [id], now)).get(id)?.requests).toBe(10)
  })
})
