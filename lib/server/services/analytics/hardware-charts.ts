import { and, eq, or } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { HardwareCharts } from '@/lib/domain/analytics/view'
import type { Database } from '@/lib/server/db/client'
import { hardwareRollups } from '@/lib/server/db/schema/hardware-rollups'
import { type HardwareSample, type ReplicaSamples, readHardwareRows } from './hardware-rows'
import { maxOf } from './merge-rollups'
import { inSegment, segmentsOf } from './segments'
import { readWatermark, type Watermark } from './watermark'

/** Lines beyond this cannot be told apart; the newest replicas are kept and the page says so. */
const MAX_REPLICAS = 8

type Cell = {
  samples: number
  cpu: number
  cpuMax: number
  memory: number
  memoryMax: number
  gpu: number | null
  gpuMemory: number | null
}

const addTo = (cell: Cell | undefined, row: HardwareSample): Cell => {
  const samples = (cell?.samples ?? 0) + row.samples
  const mean = (sum: number | undefined, value: number) =>
    ((sum ?? 0) * (cell?.samples ?? 0) + value * row.samples) / samples
  return {
    samples,
    cpu: mean(cell?.cpu, row.cpuMean),
    cpuMax: Math.max(cell?.cpuMax ?? 0, row.cpuMax),
    memory: mean(cell?.memory, row.memoryMean),
    memoryMax: Math.max(cell?.memoryMax ?? 0, row.memoryMax),
    gpu: row.gpuMean === null ? (cell?.gpu ?? null) : mean(cell?.gpu ?? 0, row.gpuMean),
    gpuMemory:
      row.gpuMemoryMean === null ? (cell?.gpuMemory ?? null) : mean(cell?.gpuMemory ?? 0, row.gpuMemoryMean),
  }
}

/** CPU and memory per replica over time: means and, beside them, the peaks that means would hide. */
export async function hardwareChartsOf(
  db: Database,
  endpointId: string,
  buckets: Buckets,
  nowMs: number,
  { wanted = null, mark }: { wanted?: readonly string[] | null; mark?: Watermark } = {},
): Promise<HardwareCharts> {
  const segments = segmentsOf(buckets, mark ?? (await readWatermark(db)), { coarsest: buckets.stepSeconds })
  const within = and(
    eq(hardwareRollups.endpointId, endpointId),
    or(...segments.map(segment => inSegment(hardwareRollups, segment))),
  )
  const found = await readHardwareRows(db, within, { most: MAX_REPLICAS, wanted })
  return {
    ...buckets,
    nowMs,
    replicas: found.shown.map(replica => seriesOf(replica, buckets)),
    moreReplicas: found.count - found.shown.length,
  }
}

function seriesOf({ replicaId, name, samples }: ReplicaSamples, buckets: Buckets) {
  const cells = new Array<Cell | undefined>(buckets.count).fill(undefined)
  let memoryLimit: number | null = null
  for (const sample of samples) {
    const index = Math.floor((sample.startMs - buckets.fromMs) / (buckets.stepSeconds * 1000))
    cells[index] = addTo(cells[index], sample)
    memoryLimit = maxOf(memoryLimit, sample.memoryLimit)
  }
  return {
    replicaId,
    name: name ?? replicaId.slice(0, 8),
    cpu: cells.map(cell => cell?.cpu ?? null),
    cpuMax: cells.map(cell => cell?.cpuMax ?? null),
    memory: cells.map(cell => cell?.memory ?? null),
    memoryMax: cells.map(cell => cell?.memoryMax ?? null),
    memoryLimit,
    gpu: gpuSeries(cells, cell => cell.gpu),
    gpuMemory: gpuSeries(cells, cell => cell.gpuMemory),
  }
}

/** Null as a whole where no sample had a GPU, so that the page leaves the chart out. */
function gpuSeries(cells: (Cell | undefined)[], of: (cell: Cell) => number | null): (number | null)[] | null {
  const values = cells.map(cell => (cell ? of(cell) : null))
  return values.some(value => value !== null) ? values : null
}
