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

/** One line per replica: CPU as a share of its instance type, or memory in bytes with the limit as a line. */
export function prepareHardware(data: HardwareCharts, of: 'cpu' | 'memory'): PreparedChart {
  const columns = Object.fromEntries(data.replicas.map(replica => [replica.replicaId, replica[of]]))
  const limit =
    of === 'memory' ? data.replicas.find(replica => replica.memoryLimit !== null)?.memoryLimit : undefined
  return {
    ...frameOf(data),
    kind: 'lines',
    unit: of === 'cpu' ? 'share' : 'bytes',
    points: pointsOf(data, columns),
    series: data.replicas.map((replica, index) => ({
      key: replica.replicaId,
      label: replica.name,
      color: replicaColor(index),
    })),
    ...(limit ? { limit: { value: limit, label: 'limit' } } : {}),
    empty: !hasValues(columns),
  }
}
