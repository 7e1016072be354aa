import { z } from 'zod'
import { REPLICA_STATES } from '@/lib/domain/endpoint/state'
import { UNITS } from '@/lib/domain/format/measure'

/** One value per bucket, null where nothing was measured: a gap, never a zero. */
const series = z.array(z.number().nullable())
/** One count per bucket; zero is a fact for these. */
const counts = z.array(z.number())

const percentileSeries = z.object({ p50: series, p90: series, p95: series, p99: series })
const percentileValues = z.object({
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
})

const bucketed = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  stepSeconds: z.number(),
  count: z.number(),
  /** The server's clock: the bucket that holds it is unfinished. */
  nowMs: z.number(),
})

/** What percentiles of several parts of a window are merged from; sketches as base64. */
const part = z.object({
  requests: z.number(),
  recordsKept: z.number(),
  total: z.string(),
  ttfb: z.string(),
  wait: z.string(),
})

/**
 * Everything drawn from request rollups: one read serves all charts of it. Latencies in milliseconds. An answer has
 * all buckets of the window, or those from `sinceMs` on, to be joined with what the page holds (`continue-charts`).
 */
export const requestCharts = bucketed.extend({
  /** Start of the first bucket in this answer; `fromMs` in a whole one. */
  sinceMs: z.number(),
  /** Buckets before this are final, but for requests that a gateway reports late. */
  settledMs: z.number(),
  /** When the oldest part of this was read. */
  wholeMs: z.number(),
  /** Of the settled buckets in a whole answer, of all in one with a later beginning. */
  part,
  /** Per token only counts per class and total latency are kept; everything else is empty then. */
  byToken: z.boolean(),
  /** Requests per row of `HEAT_EDGES_MS` and bucket. */
  heat: z.array(counts),
  /** Status code to requests per bucket, codes ascending. */
  statuses: z.array(z.object({ status: z.number(), counts })),
  total: percentileSeries,
  ttfb: percentileSeries,
  wait: percentileSeries,
  inFlightMax: series,
  inFlightMean: series,
  waitingMax: series,
  bytesIn: counts,
  bytesOut: counts,
  tokensIn: counts,
  tokensOut: counts,
  /** Over the whole window, merged exactly, not averaged from the buckets. */
  summary: z.object({
    requests: z.number(),
    total: percentileValues,
    ttfb: percentileValues,
    wait: percentileValues,
    recordsKept: z.number(),
  }),
  /** Starts of buckets in which a gateway was killed or came back: up to two seconds of them may be missing. */
  gapsMs: z.array(z.number()),
})
export type RequestCharts = z.infer<typeof requestCharts>

/** Replicas over time: bands of states, and how many ran. */
export const replicaCharts = bucketed.extend({
  /** Replicas in state running at each bucket's end (now, for the unfinished one). */
  running: series,
  /** Most replicas the current revision may have. */
  max: z.number(),
  bands: z.array(
    z.object({
      replicaId: z.string(),
      name: z.string(),
      revision: z.number(),
      intervals: z.array(
        z.object({ state: z.enum(REPLICA_STATES), fromMs: z.number(), toMs: z.number().nullable() }),
      ),
    }),
  ),
  /** Replicas beyond those shown. */
  moreReplicas: z.number(),
  markers: z.array(z.object({ atMs: z.number(), message: z.string(), revision: z.number().nullable() })),
})
export type ReplicaCharts = z.infer<typeof replicaCharts>

/** CPU (share of the instance type, 0–1) and memory (bytes) per replica. */
export const hardwareCharts = bucketed.extend({
  replicas: z.array(
    z.object({
      replicaId: z.string(),
      name: z.string(),
      cpu: series,
      cpuMax: series,
      memory: series,
      memoryMax: series,
      memoryLimit: z.number().nullable(),
      gpu: series.nullable(),
      gpuMemory: series.nullable(),
    }),
  ),
  moreReplicas: z.number(),
})
export type HardwareCharts = z.infer<typeof hardwareCharts>

/** What the endpoint's provider measured itself; its buckets are those of our charts. */
export const nativeCharts = bucketed.extend({
  /** What the provider is called; null where it has no metrics of its own. */
  source: z.string().nullable(),
  charts: z.array(
    z.object({
      title: z.string(),
      unit: z.enum(UNITS),
      series: z.array(z.object({ name: z.string(), values: series })),
    }),
  ),
})
export type NativeCharts = z.infer<typeof nativeCharts>

export const requestRecordView = z.object({
  requestId: z.string(),
  at: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  revision: z.number(),
  replicaId: z.string().nullable(),
  replicaName: z.string().nullable(),
  token: z.string().nullable(),
  bytesIn: z.number(),
  bytesOut: z.number(),
  waitMs: z.number(),
  ttfbMs: z.number().nullable(),
  totalMs: z.number(),
  weight: z.number(),
  reason: z.enum(['all', 'sample', 'slow', 'error']),
  error: z.string().nullable(),
})
export type RequestRecordView = z.infer<typeof requestRecordView>

export const requestRecordPage = z.object({
  records: z.array(requestRecordView),
  /** Pass as `before` for the next page of the time order; null at the end or when sorted by duration. */
  nextCursor: z.string().nullable(),
  /** Requests in the window, and how many of them were kept as records. */
  seen: z.number(),
  kept: z.number(),
  /** Where the window reaches back further than records are kept: the oldest of them. */
  keptSince: z.string().nullable(),
})
export type RequestRecordPage = z.infer<typeof requestRecordPage>
