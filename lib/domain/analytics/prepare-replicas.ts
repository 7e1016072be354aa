import { formatValue } from '@/lib/domain/format/measure'
import { frameOf, hasValues, type PreparedChart, pointsOf } from './prepared'
import type { HardwareCharts, ReplicaCharts } from './view'

/** Running replicas, with the most the current revision may have as a line. */
export function prepareRunning(data: ReplicaCharts): PreparedChart {
  return {
    ...frameOf(data),
    kind: 'steps',
    unit: 'replicas',
    points: pointsOf(data, { running: data.running }),
    series: [{ key: 'running', label: 'Running', color: 'var(--series-1)' }],
    limit: { value: data.max, label: `max ${data.max}` },
    empty: data.bands.length === 0,
  }
}

const replicaColor = (index: number) => `var(--series-${(index % 8) + 1})`

export type HardwareOf = 'cpu' | 'memory' | 'gpu' | 'gpuMemory'

/** Mean over the replicas that ran in a bucket; none ran: a gap. */
function meanOf(data: HardwareCharts, of: HardwareOf): (number | null)[] {
  return Array.from({ length: data.count }, (_, index) => {
    const values = data.replicas.flatMap(replica => replica[of]?.[index] ?? [])
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  })
}

/** How many times the highest value a limit may be to be drawn as a line. */
const NEAR = 3

function limitOf(value: number, columns: Record<string, (number | null)[]>) {
  const highest = Math.max(0, ...Object.values(columns).flatMap(values => values.map(each => each ?? 0)))
  return value <= highest * NEAR
    ? { limit: { value, label: 'limit' } }
    : { note: `The limit is ${formatValue('bytes', value)}, far above.` }
}

/** CPU and GPU as a share of the instance type, memory in bytes with the limit as a line; per replica or as a mean. */
export function prepareHardware(
  data: HardwareCharts,
  of: HardwareOf,
  per: 'replica' | 'mean' = 'replica',
): PreparedChart {
  const columns: Record<string, (number | null)[]> =
    per === 'mean'
      ? { mean: meanOf(data, of) }
      : Object.fromEntries(data.replicas.map(replica => [replica.replicaId, replica[of] ?? []]))
  const limit =
    of === 'memory' ? data.replicas.find(replica => replica.memoryLimit !== null)?.memoryLimit : undefined
  return {
    ...frameOf(data),
    kind: 'lines',
    unit: of === 'cpu' || of === 'gpu' ? 'share' : 'bytes',
    points: pointsOf(data, columns),
    series:
      per === 'mean'
        ? [{ key: 'mean', label: 'Mean of the replicas', color: replicaColor(0) }]
        : data.replicas.map((replica, index) => ({
            key: replica.replicaId,
            label: replica.name,
            color: replicaColor(index),
          })),
    ...(limit ? limitOf(limit, columns) : {}),
    empty: !hasValues(columns),
  }
}
