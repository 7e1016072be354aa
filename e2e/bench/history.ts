import { Sketch } from '@/lib/domain/latency/sketch'
import type { Database } from '@/lib/server/db/client'
import { ensurePartitions } from '@/lib/server/db/partitions'
import { events } from '@/lib/server/db/schema/events'
import { hardwareRollups } from '@/lib/server/db/schema/hardware-rollups'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import type { TestEndpoint } from '@/lib/testing/serving-endpoint'

const DAY_MS = 86_400_000
/** What 90 days are drawn from. */
const RESOLUTIONS = [3600, 14_400] as const
const PER_SECOND = 50
const ROWS_AT_ONCE = 500
const SHARES = { 200: 0.95, 404: 0.02, 429: 0.01, 500: 0.01, 503: 0.01 }

/** A day's shape and noise, the same in every run. */
const wave = (ms: number) => 1 + 0.5 * Math.sin((ms / DAY_MS) * 2 * Math.PI) + 0.3 * Math.sin(ms / 7_919_000)

function sketchOf(medianMs: number, count: number): Buffer {
  const sketch = new Sketch()
  for (let step = 0; step < 60; step++)
    sketch.add(medianMs * 1000 * Math.exp((step - 20) / 12), Math.max(1, Math.round(count / 60)))
  return Buffer.from(sketch.encode())
}

function requestRow(endpointId: string, resolution: number, ms: number): typeof requestRollups.$inferInsert {
  const requests = Math.round(PER_SECOND * resolution * wave(ms))
  const statusCounts = Object.fromEntries(
    Object.entries(SHARES).map(([code, share]) => [code, Math.round(requests * share)]),
  )
  return {
    resolution,
    windowStart: new Date(ms),
    endpointId,
    revision: 0,
    replicaId: MERGED_UUID,
    status: 0,
    processId: '',
    requests,
    statusCounts,
    bytesIn: requests * 400,
    bytesOut: requests * 1_500,
    tokensIn: requests * 20,
    tokensOut: requests * 80,
    total: sketchOf(80 * wave(ms + 3_000_000), requests),
    ttfb: sketchOf(30 * wave(ms), requests),
    wait: sketchOf(1, requests),
    inFlightMax: Math.round(20 * wave(ms)),
    inFlightMean: 5 * wave(ms) * resolution,
    waitingMax: Math.round(3 * wave(ms)),
    recordsKept: 200,
  }
}

const hardwareRow = (
  endpointId: string,
  replicaId: string,
  resolution: number,
  ms: number,
): typeof hardwareRollups.$inferInsert => ({
  resolution,
  windowStart: new Date(ms),
  endpointId,
  replicaId,
  samples: resolution / 10,
  cpuMin: 0.1,
  cpuMean: 0.4 * wave(ms),
  cpuMax: 0.9,
  memoryMin: 8e8,
  memoryMean: 1e9 * wave(ms / 3),
  memoryMax: 1.6e9,
  memoryLimit: 2 ** 31,
})

/** Months of steady traffic as the controller has rolled it up, hardware of every replica, and a change a week. */
export async function writeHistory(db: Database, endpoint: TestEndpoint, days: number): Promise<void> {
  const nowMs = Date.now()
  for (let daysAgo = days + 1; daysAgo >= 0; daysAgo -= 1)
    await ensurePartitions(db, new Date(nowMs - daysAgo * DAY_MS))
  for (const resolution of RESOLUTIONS) {
    const stepMs = resolution * 1000
    const toMs = Math.floor(nowMs / stepMs) * stepMs
    const starts = Array.from({ length: (days * DAY_MS) / stepMs }, (_, index) => toMs - (index + 1) * stepMs)
    for (let from = 0; from < starts.length; from += ROWS_AT_ONCE) {
      const some = starts.slice(from, from + ROWS_AT_ONCE)
      await db.insert(requestRollups).values(some.map(ms => requestRow(endpoint.id, resolution, ms)))
      await db
        .insert(hardwareRollups)
        .values(
          some.flatMap(ms => endpoint.replicaIds.map(id => hardwareRow(endpoint.id, id, resolution, ms))),
        )
    }
  }
  await db.insert(events).values(
    Array.from({ length: Math.floor(days / 7) }, (_, week) => ({
      endpointId: endpoint.id,
      at: new Date(nowMs - (week + 0.5) * 7 * DAY_MS),
      kind: 'updated' as const,
      message: `Revision ${week + 2}: more replicas at most, because requests were waiting.`,
      actorKind: 'system' as const,
      actorName: 'bench',
    })),
  )
}
