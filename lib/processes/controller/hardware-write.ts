import { sql } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import type { WindowSummary } from './hardware-sample'
import type { Lease } from './lease'

export type HardwareRow = Lease & WindowSummary & { replicaId: string }

/** Replaces these windows' rows, in one statement; rows of a lease that is lost are left out. */
export async function writeHardware(db: Database, rows: readonly HardwareRow[]): Promise<void> {
  if (rows.length === 0) return
  const flat = rows.map(row => ({
    endpoint_id: row.endpointId,
    epoch: row.epoch,
    replica_id: row.replicaId,
    window_start: new Date(row.windowStartMs).toISOString(),
    samples: row.samples,
    ...flatten('cpu', row.cpu),
    ...flatten('memory', row.memory),
    memory_limit: row.memoryLimit,
    ...flatten('gpu', row.gpu),
    ...flatten('gpu_memory', row.gpuMemory),
  }))
  await db.execute(sql`
    insert into hardware_rollups (resolution, window_start, endpoint_id, replica_id, samples, ${MEASURES})
    select 10, r.window_start, r.endpoint_id, r.replica_id, r.samples, ${MEASURES}
    from jsonb_to_recordset(${JSON.stringify(flat)}::jsonb) as r(
      endpoint_id uuid, epoch bigint, replica_id uuid, window_start timestamptz, samples int, ${MEASURE_TYPES})
    join endpoints e on e.id = r.endpoint_id and e.lease_epoch = r.epoch
    on conflict (resolution, endpoint_id, window_start, replica_id)
    do update set samples = excluded.samples, ${MEASURE_UPDATES}
    where excluded.samples >= hardware_rollups.samples`)
}

const COLUMNS = ['cpu', 'memory', 'gpu', 'gpu_memory']
  .flatMap(name => [`${name}_min`, `${name}_mean`, `${name}_max`])
  .concat('memory_limit')
const MEASURES = sql.raw(COLUMNS.join(', '))
const MEASURE_TYPES = sql.raw(COLUMNS.map(name => `${name} float8`).join(', '))
const MEASURE_UPDATES = sql.raw(COLUMNS.map(name => `${name} = excluded.${name}`).join(', '))

const flatten = (name: string, spread: { min: number; mean: number; max: number } | null) => ({
  [`${name}_min`]: spread?.min ?? null,
  [`${name}_mean`]: spread?.mean ?? null,
  [`${name}_max`]: spread?.max ?? null,
})
