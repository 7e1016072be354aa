import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { HardwareCharts } from '@/lib/domain/analytics/view'
import type { Database } from '@/lib/server/db/client'
import { hardwareRollups } from '@/lib/server/db/schema/hardware-rollups'
import { replicas } from '@/lib/server/db/schema/replicas'
import { bucketsFor, type Window } from './buckets'
import { maxOf } from './merge-rollups'
import { segmentsOf } from './read-windows'
import { readWatermark } from './watermark'

/** Lines beyond this cannot be told apart; the newest replicas are kept and the page says so. */
const MAX_REPLICAS = 8

type Row = typeof hardwareRollups.$inferSelect
type Cell = {
  samples: number
  cpu: number
  cpuMax: number
  memory: number
  memoryMax: number
  gpu: number | null
  gpuMemory: number | null
}

const addTo = (cell: Cell | undefined, row: Row): Cell => {
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

async function readRows(db: Database, endpointId: string, buckets: Buckets): Promise<Row[]> {
  const mark = await readWatermark(db)
  const parts = await Promise.all(
    segmentsOf(buckets, mark).map(segment =>
      db
        .select()
        .from(hardwareRollups)
        .where(
          and(
            eq(hardwareRollups.resolution, segment.resolution),
            eq(hardwareRollups.endpointId, endpointId),
            gte(hardwareRollups.windowStart, new Date(segment.fromMs)),
            lt(hardwareRollups.windowStart, new Date(segment.toMs)),
          ),
        )
        .orderBy(asc(hardwareRollups.windowStart)),
    ),
  )
  return parts.flat()
}

/** CPU and memory per replica over time: means and, beside them, the peaks that means would hide. */
export async function hardwareChartsOf(
  db: Database,
  endpointId: string,
  window: Window,
  nowMs: number,
): Promise<HardwareCharts> {
  const buckets = bucketsFor(window, nowMs)
  const cells = new Map<string, { cells: (Cell | undefined)[]; limit: number | null; lastMs: number }>()
  for (const row of await readRows(db, endpointId, buckets)) {
    const entry = cells.get(row.replicaId) ?? {
      cells: new Array(buckets.count).fill(undefined),
      limit: null,
      lastMs: 0,
    }
    cells.set(row.replicaId, entry)
    const index = Math.floor((row.windowStart.getTime() - buckets.fromMs) / (buckets.stepSeconds * 1000))
    entry.cells[index] = addTo(entry.cells[index], row)
    entry.limit = maxOf(entry.limit, row.memoryLimit)
    entry.lastMs = row.windowStart.getTime()
  }
  const shown = [...cells].sort((a, b) => b[1].lastMs - a[1].lastMs).slice(0, MAX_REPLICAS)
  const names = await namesOf(
    db,
    shown.map(([id]) => id),
  )
  return {
    ...buckets,
    nowMs,
    replicas: shown.map(([replicaId, entry]) => ({
      replicaId,
      name: names.get(replicaId) ?? replicaId.slice(0, 8),
      cpu: entry.cells.map(cell => cell?.cpu ?? null),
      cpuMax: entry.cells.map(cell => cell?.cpuMax ?? null),
      memory: entry.cells.map(cell => cell?.memory ?? null),
      memoryMax: entry.cells.map(cell => cell?.memoryMax ?? null),
      memoryLimit: entry.limit,
      gpu: gpuSeries(entry.cells, cell => cell.gpu),
      gpuMemory: gpuSeries(entry.cells, cell => cell.gpuMemory),
    })),
    moreReplicas: Math.max(0, cells.size - shown.length),
  }
}

/** Null as a whole where no sample had a GPU, so that the page leaves the chart out. */
function gpuSeries(cells: (Cell | undefined)[], of: (cell: Cell) => number | null): (number | null)[] | null {
  const values = cells.map(cell => (cell ? of(cell) : null))
  return values.some(value => value !== null) ? values : null
}

async function namesOf(db: Database, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: replicas.id, name: replicas.name })
    .from(replicas)
    .where(inArray(replicas.id, ids))
  return new Map(rows.map(row => [row.id, row.name]))
}
