import { Sketch } from '@/lib/domain/latency/sketch'
import type { Database } from '@/lib/server/db/client'
import { MERGED_UUID, requestRollups } from '@/lib/server/db/schema/request-rollups'

type Row = typeof requestRollups.$inferInsert

export type Cell = {
  endpointId: string
  windowMs: number
  processId: string
  revision: number
  replicaId: string
  status: number
  /** Microseconds of each request. */
  durationsUs: readonly number[]
}

const sketchOf = (durationsUs: readonly number[]): Buffer => {
  const sketch = new Sketch()
  for (const us of durationsUs) sketch.add(us)
  return Buffer.from(sketch.encode())
}

/** Rows of 10 s windows as gateways write them: one per cell, and one per window and process merged over all. */
function rollupRows(cells: readonly Cell[]): Row[] {
  const row = (cell: Cell): Row => ({
    resolution: 10,
    windowStart: new Date(cell.windowMs),
    endpointId: cell.endpointId,
    revision: cell.revision,
    replicaId: cell.replicaId,
    status: cell.status,
    processId: cell.processId,
    requests: cell.durationsUs.length,
    bytesIn: cell.durationsUs.length * 10,
    bytesOut: cell.durationsUs.length * 1000,
    tokensIn: cell.durationsUs.length * 3,
    tokensOut: cell.durationsUs.length * 4,
    total: sketchOf(cell.durationsUs),
    ttfb: sketchOf(cell.durationsUs.map(us => us / 2)),
    wait: sketchOf(cell.durationsUs.map(us => us / 100)),
  })
  const windows = new Map<string, Cell[]>()
  for (const cell of cells) {
    const id = `${cell.endpointId}|${cell.windowMs}|${cell.processId}`
    windows.set(id, [...(windows.get(id) ?? []), cell])
  }
  const merged = [...windows.values()].flatMap(all => {
    const [first] = all
    if (!first) return []
    const statusCounts: Record<string, number> = {}
    for (const { status, durationsUs } of all)
      statusCounts[status] = (statusCounts[status] ?? 0) + durationsUs.length
    const durationsUs = all.flatMap(cell => cell.durationsUs)
    const whole = row({ ...first, revision: 0, replicaId: MERGED_UUID, status: 0, durationsUs })
    const gauges = { inFlightMax: all.length, inFlightMean: 0.5, waitingMax: 1, waitingMean: 0.25 }
    return [{ ...whole, ...gauges, statusCounts, recordsKept: durationsUs.length }]
  })
  return [...cells.map(row), ...merged]
}

/** In pieces: one statement takes 65,535 values. */
export async function insertTraffic(db: Database, cells: readonly Cell[]): Promise<void> {
  const rows = rollupRows(cells)
  for (let start = 0; start < rows.length; start += 1_000)
    await db.insert(requestRollups).values(rows.slice(start, start + 1_000))
}
