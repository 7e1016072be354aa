import { doublePrecision, integer, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** CPU, memory and GPU per replica, sampled every 10 s by the controller. Partitioned like request_rollups. */
export const hardwareRollups = pgTable(
  'hardware_rollups',
  {
    /** Seconds: one of `RESOLUTIONS`. */
    resolution: smallint('resolution').notNull(),
    windowStart: instant('window_start').notNull(),
    endpointId: uuid('endpoint_id').notNull(),
    replicaId: uuid('replica_id').notNull(),
    samples: integer('samples').notNull(),
    /** Share of the instance type's CPUs, 0–1. */
    cpuMin: doublePrecision('cpu_min').notNull(),
    cpuMean: doublePrecision('cpu_mean').notNull(),
    cpuMax: doublePrecision('cpu_max').notNull(),
    /** Bytes, of the process tree. */
    memoryMin: doublePrecision('memory_min').notNull(),
    memoryMean: doublePrecision('memory_mean').notNull(),
    memoryMax: doublePrecision('memory_max').notNull(),
    memoryLimit: doublePrecision('memory_limit'),
    gpuMin: doublePrecision('gpu_min'),
    gpuMean: doublePrecision('gpu_mean'),
    gpuMax: doublePrecision('gpu_max'),
    gpuMemoryMin: doublePrecision('gpu_memory_min'),
    gpuMemoryMean: doublePrecision('gpu_memory_mean'),
    gpuMemoryMax: doublePrecision('gpu_memory_max'),
  },
  table => [
    primaryKey({ columns: [table.resolution, table.endpointId, table.windowStart, table.replicaId] }),
  ],
)
