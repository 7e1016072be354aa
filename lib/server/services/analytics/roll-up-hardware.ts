import { sql } from 'drizzle-orm'
import type { Queryable } from '@/lib/server/db/client'
import type { Resolution } from './resolutions'
import type { Span } from './roll-up-requests'

/** Coarser hardware windows in one statement: minima, maxima, and means weighted by samples. */
export async function rollUpHardware(
  db: Pick<Queryable, 'execute'>,
  source: Resolution,
  target: Resolution,
  { fromMs, toMs }: Span,
): Promise<void> {
  const mean = (column: string) => sql.raw(`sum(${column}_mean * samples) / sum(samples)`)
  await db.execute(sql`
    insert into hardware_rollups (
      resolution, window_start, endpoint_id, replica_id, samples,
      cpu_min, cpu_mean, cpu_max, memory_min, memory_mean, memory_max, memory_limit,
      gpu_min, gpu_mean, gpu_max, gpu_memory_min, gpu_memory_mean, gpu_memory_max
    )
    select ${target}, to_timestamp(floor(extract(epoch from window_start) / ${target}) * ${target}),
      endpoint_id, replica_id, sum(samples),
      min(cpu_min), ${mean('cpu')}, max(cpu_max),
      min(memory_min), ${mean('memory')}, max(memory_max), max(memory_limit),
      min(gpu_min), ${mean('gpu')}, max(gpu_max),
      min(gpu_memory_min), ${mean('gpu_memory')}, max(gpu_memory_max)
    from hardware_rollups
    where resolution = ${source}
      and window_start >= ${new Date(fromMs).toISOString()}::timestamptz
      and window_start < ${new Date(toMs).toISOString()}::timestamptz
    group by 2, endpoint_id, replica_id
    on conflict (resolution, endpoint_id, window_start, replica_id) do update set
      samples = excluded.samples,
      cpu_min = excluded.cpu_min, cpu_mean = excluded.cpu_mean, cpu_max = excluded.cpu_max,
      memory_min = excluded.memory_min, memory_mean = excluded.memory_mean, memory_max = excluded.memory_max,
      memory_limit = excluded.memory_limit,
      gpu_min = excluded.gpu_min, gpu_mean = excluded.gpu_mean, gpu_max = excluded.gpu_max,
      gpu_memory_min = excluded.gpu_memory_min, gpu_memory_mean = excluded.gpu_memory_mean,
      gpu_memory_max = excluded.gpu_memory_max`)
}
