import { and, asc, desc, eq, inArray, max, or } from 'drizzle-orm'
import type { Buckets } from '@/lib/domain/analytics/range'
import type { HardwareCharts } from '@/lib/domain/analytics/view'
import type { Database } from '@/lib/server/db/client'
import { hardwareRollups } from '@/lib/server/db/schema/hardware-rollups'
import { replicas } from '@/lib/server/db/schema/replicas'
import { maxOf } from './merge-rollups'
import { inSegment, segmentsOf } from './segments'
import { readWatermark } from './watermark'

/** Lines beyond this cannot be told apart; the newest replicas are kept and the page says so. */
const MAX_REPLICAS = 8

/** What charts draw; the finest minima and maxima stay in the database. */
const COLUMNS = {
  replicaId: hardwareRollups.replicaId,
  windowStart: hardwareRollups.windowStart,
  samples: hardwareRollups.samples,
  cpuMean: hardwareRollups.cpuMean,
  cpuMax: hardwareRollups.cpuMax,
  memoryMean: hardwareRollups.memoryMean,
  memoryMax: hardwareRollups.memoryMax,
  memoryLimit: hardwareRollups.memoryLimit,
  gpuMean: hardwareRollups.gpuMean,
  gpuMemoryMean: hardwareRollups.gpuMemoryMean,
}
type Row = Pick<typeof hardwareRollups.$inferSelect, keyof typeof COLUMNS>
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

/** Rows of these replicas, or of the newest, and how many there were in all. */
async function readRows(
  db: Database,
  endpointId: string,
  buckets: Buckets,
  wanted: readonly string[] | null,
): Promise<{ ids: string[]; rows: Row[] }> {
  const segments = segmentsOf(buckets, await readWatermark(db), { coarsest: buckets.stepSeconds })
  const within = and(
    eq(hardwareRollups.endpointId, endpointId),
    or(...segments.map(segment => inSegment(hardwareRollups, segment))),
  )
  const newest = () =>
    db
      .select({ id: hardwareRollups.replicaId })
      .from(hardwareRollups)
      .where(within)
      .groupBy(hardwareRollups.replicaId)
      .orderBy(desc(max(hardwareRollups.windowStart)), asc(hardwareRollups.replicaId))
  const ids = wanted ? [...wanted] : (await newest()).map(({ id }) => id)
  if (ids.length === 0) return { ids, rows: [] }
  const rows = await db
    .select(COLUMNS)
    .from(hardwareRollups)
    .where(and(within, inArray(hardwareRollups.replicaId, ids.slice(0, MAX_REPLICAS))))
  return { ids, rows }
}

/** CPU and memory per replica over time: means and, beside them, the peaks that means would hide. */
export async function hardwareChartsOf(
  db: Database,
  endpointId: string,
  buckets: Buckets,
  nowMs: number,
  wanted: readonly string[] | null = null,
): Promise<HardwareCharts> {
  const { ids, rows } = await readRows(db, endpointId, buckets, wanted)
  const shown = ids.slice(0, MAX_REPLICAS)
  const cells = new Map(shown.map(id => [id, new Array<Cell | undefined>(buckets.count).fill(undefined)]))
  const limits = new Map<string, number | null>()
  for (const row of rows) {
    const index = Math.floor((row.windowStart.getTime() - buckets.fromMs) / (buckets.stepSeconds * 1000))
    const of = cells.get(row.replicaId)
    if (of) of[index] = addTo(of[index], row)
    limits.set(row.replicaId, maxOf(limits.get(row.replicaId) ?? null, row.memoryLimit))
  }
  const names = await namesOf(db, shown)
  return {
    ...buckets,
    nowMs,
    replicas: [...cells].map(([replicaId, of]) => ({
      replicaId,
      name: names.get(replicaId) ?? replicaId.slice(0, 8),
      cpu: of.map(cell => cell?.cpu ?? null),
      cpuMax: of.map(cell => cell?.cpuMax ?? null),
      memory: of.map(cell => cell?.memory ?? null),
      memoryMax: of.map(cell => cell?.memoryMax ?? null),
      memoryLimit: limits.get(replicaId) ?? null,
      gpu: gpuSeries(of, cell => cell.gpu),
      gpuMemory: gpuSeries(of, cell => cell.gpuMemory),
    })),
    moreReplicas: ids.length - shown.length,
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
