import { and, desc, eq, gt, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import {
  counter,
  type Family,
  gauge,
  type Labels,
  openMetricsText,
  quantiles,
} from '@/lib/domain/analytics/open-metrics'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import { Sketch } from '@/lib/domain/latency/sketch'
import { ok, type Result } from '@/lib/domain/result'
import type { Database } from '@/lib/server/db/client'
import { hardwareRollups } from '@/lib/server/db/schema/hardware-rollups'
import { replicas } from '@/lib/server/db/schema/replicas'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'
import type { Context } from '../context'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { inSegment, segmentsOf } from './segments'
import { readWatermark } from './watermark'
import { wholeEndpoint } from './whole-endpoint'

const MINUTE_MS = 60_000
/** What the quantiles are of: long enough to be smooth, short enough to alert on. */
const LATENCY_WINDOW_MS = 5 * MINUTE_MS
/** A replica that ended is still reported this long, so that a slow scraper sees its last counts. */
const ENDED_REPLICAS_MS = 60 * MINUTE_MS
/** A sample is of now when it is not older than a few of its intervals. */
const SAMPLE_AGE_MS = MINUTE_MS
/** In the label, for requests that no replica answered. */
const NO_REPLICA = ''

/** An endpoint's metrics as OpenMetrics text, with the families of HF's API. */
export async function getOpenMetrics(ctx: Context, ref: EndpointRefInput): Promise<Result<string>> {
  const found = await requireEndpoint(ctx, ref, canSeeEndpoint, 'see its metrics')
  if (!found.ok) return found
  const { id } = found.data.endpoint
  const nowMs = Date.now()
  const ids = await replicaIds(ctx.db, id, nowMs)
  const [latency, requests, hardware] = await Promise.all([
    latencyFamily(ctx.db, id, nowMs),
    requestsFamily(ctx.db, id, ids),
    hardwareFamilies(ctx.db, id, nowMs),
  ])
  return ok(openMetricsText([latency, requests, ...hardware]))
}

async function replicaIds(db: Database, endpointId: string, nowMs: number): Promise<string[]> {
  const rows = await db
    .select({ id: replicas.id })
    .from(replicas)
    .where(
      and(
        eq(replicas.endpointId, endpointId),
        or(isNull(replicas.stoppedAt), gt(replicas.stoppedAt, new Date(nowMs - ENDED_REPLICAS_MS))),
      ),
    )
  return rows.map(row => row.id)
}

async function latencyFamily(db: Database, endpointId: string, nowMs: number): Promise<Family> {
  const rows = await db
    .select({ total: requestRollups.total })
    .from(requestRollups)
    .where(
      and(
        eq(requestRollups.resolution, 10),
        eq(requestRollups.endpointId, endpointId),
        ...wholeEndpoint,
        gte(requestRollups.windowStart, new Date(nowMs - LATENCY_WINDOW_MS)),
      ),
    )
  const sketch = new Sketch()
  for (const { total } of rows) if (total) sketch.mergeEncoded(total)
  const seconds = (q: number) => {
    const us = sketch.quantile(q)
    return us === null ? null : us / 1e6
  }
  return {
    name: 'latency_distribution',
    type: 'summary',
    help: 'Seconds from headers received to last byte written, over the last 5 minutes.',
    samples: quantiles(
      {},
      { '0.5': seconds(0.5), '0.9': seconds(0.9), '0.95': seconds(0.95), '0.99': seconds(0.99) },
    ),
  }
}

/**
 * Counters over everything retention has kept.
 * Only replicas that are or just were there, so that a scrape reads a bounded number of rows.
 */
async function requestsFamily(db: Database, endpointId: string, ids: string[]): Promise<Family> {
  const segments = segmentsOf({ fromMs: 0, toMs: Date.now() + MINUTE_MS }, await readWatermark(db))
  const rows = await db
    .select({
      replicaId: requestRollups.replicaId,
      status: requestRollups.status,
      requests: sql<string>`sum(${requestRollups.requests})`,
    })
    .from(requestRollups)
    .where(
      and(
        eq(requestRollups.endpointId, endpointId),
        gt(requestRollups.status, 0),
        inArray(requestRollups.replicaId, [...ids, MERGED_UUID]),
        or(...segments.map(segment => inSegment(requestRollups, segment))),
      ),
    )
    .groupBy(requestRollups.replicaId, requestRollups.status)
    .orderBy(requestRollups.replicaId, requestRollups.status)
  return {
    name: 'http_requests',
    type: 'counter',
    help: 'Requests by replica and status code; without a replica id: answered by the gateway itself.',
    samples: rows.map(row =>
      counter(
        {
          replica_id: row.replicaId === MERGED_UUID ? NO_REPLICA : row.replicaId,
          status_code: String(row.status),
        },
        Number(row.requests),
      ),
    ),
  }
}

type HardwareRow = typeof hardwareRollups.$inferSelect

async function hardwareFamilies(db: Database, endpointId: string, nowMs: number): Promise<Family[]> {
  const rows = await db
    .selectDistinctOn([hardwareRollups.replicaId])
    .from(hardwareRollups)
    .where(
      and(
        eq(hardwareRollups.resolution, 10),
        eq(hardwareRollups.endpointId, endpointId),
        gte(hardwareRollups.windowStart, new Date(nowMs - SAMPLE_AGE_MS)),
      ),
    )
    .orderBy(hardwareRollups.replicaId, desc(hardwareRollups.windowStart))
  const samples = (of: (row: HardwareRow) => number | null) =>
    rows.flatMap(row => {
      const value = of(row)
      const labels: Labels = { replica_id: row.replicaId }
      return value === null ? [] : [gauge(labels, value)]
    })
  const percent = (share: number | null) => (share === null ? null : share * 100)
  return [
    {
      name: 'cpu_usage_percent',
      type: 'gauge',
      unit: 'percent',
      help: 'CPU used, of what the instance type has.',
      samples: samples(row => percent(row.cpuMean)),
    },
    {
      name: 'memory_usage_bytes',
      type: 'gauge',
      unit: 'bytes',
      help: 'Memory used by the replica’s processes.',
      samples: samples(row => row.memoryMean),
    },
    {
      name: 'memory_limit_bytes',
      type: 'gauge',
      unit: 'bytes',
      help: 'Memory the replica may use.',
      samples: samples(row => row.memoryLimit),
    },
    {
      name: 'gpu_usage_percent',
      type: 'gauge',
      unit: 'percent',
      help: 'GPU used.',
      samples: samples(row => percent(row.gpuMean)),
    },
    {
      name: 'gpu_memory_usage_bytes',
      type: 'gauge',
      unit: 'bytes',
      help: 'GPU memory used.',
      samples: samples(row => row.gpuMemoryMean),
    },
  ]
}
