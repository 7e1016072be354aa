import { z } from 'zod'
import type { Buckets } from './range'
import type { HardwareCharts, ReplicaCharts, RequestCharts } from './view'

const instant = z.iso.datetime({ offset: true, error: 'Give a time such as 2026-01-31T12:00:00Z.' })

/** `MetricsParams` of HF's API (reference/hf-endpoints.md B.2). */
export const metricsParams = z.object({ start: instant, stop: instant })

type Point = { x: string; y: number }
type Values = readonly (number | null)[]

/** What was not measured has no point: a gap, never a zero. */
const pointsOf = ({ fromMs, stepSeconds }: Buckets, values: Values): Point[] =>
  values.flatMap((y, index) =>
    y === null ? [] : [{ x: new Date(fromMs + index * stepSeconds * 1000).toISOString(), y }],
  )

/**
 * `AllGraphs` of HF's API (B.5) from our own charts: requests as counts per `timeWindowSeconds`, latency in
 * milliseconds, CPU and GPU in percent, memory in bytes. Without `replicasStatus` and `vllm`, which we do not keep
 * in that form.
 */
export function toHfGraphs(requests: RequestCharts, replicas: ReplicaCharts, hardware: HardwareCharts) {
  const { fromMs, toMs, stepSeconds } = requests
  const ofRequests = (values: Values) => pointsOf(requests, values)
  const perReplica = (of: (replica: HardwareCharts['replicas'][number]) => Values | null, factor = 1) =>
    hardware.replicas.flatMap(replica => {
      const values = of(replica)?.map(value => (value === null ? null : value * factor))
      return values ? [{ replicaId: replica.replicaId, data: pointsOf(hardware, values) }] : []
    })
  return {
    start: new Date(fromMs).toISOString(),
    stop: new Date(toMs).toISOString(),
    timeWindowSeconds: stepSeconds,
    replicaIds: hardware.replicas.map(replica => replica.replicaId),
    responseStatusCode: requests.statuses.map(({ status, counts }) => ({
      statusCode: String(status),
      data: ofRequests(counts),
    })),
    responseStatusCodeGrouped: grouped(requests).map(({ statusCode, counts }) => ({
      statusCode,
      data: ofRequests(counts),
    })),
    responseElapsed: Object.entries(requests.total).map(([percentile, values]) => ({
      percentile,
      data: ofRequests(values),
    })),
    pendingRequest: [{ data: ofRequests(requests.waitingMax) }],
    replicasRunning: [{ data: pointsOf(replicas, replicas.running) }],
    hardwareCpu: perReplica(replica => replica.cpu, 100),
    hardwareMem: perReplica(replica => replica.memory),
    hardwareGpu: perReplica(replica => replica.gpu, 100),
    hardwareGpuMem: perReplica(replica => replica.gpuMemory),
  }
}

/** Codes added up by class: `2xx`. */
function grouped({ statuses, count }: RequestCharts): { statusCode: string; counts: number[] }[] {
  const classes = new Map<string, number[]>()
  for (const { status, counts } of statuses) {
    const name = `${Math.floor(status / 100)}xx`
    const sums = classes.get(name) ?? new Array<number>(count).fill(0)
    classes.set(
      name,
      sums.map((sum, index) => sum + (counts[index] ?? 0)),
    )
  }
  return [...classes].map(([statusCode, counts]) => ({ statusCode, counts }))
}
