import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { bare, columnsAsJson, milliseconds, rowsOf } from '@/lib/server/db/json-columns'
import { hardwareRollups as table } from '@/lib/server/db/schema/hardware-rollups'
import { replicas } from '@/lib/server/db/schema/replicas'

/** What charts draw of a stored window; the finest minima stay in the database. */
export type HardwareSample = {
  startMs: number
  samples: number
  cpuMean: number
  cpuMax: number
  memoryMean: number
  memoryMax: number
  memoryLimit: number | null
  gpuMean: number | null
  gpuMemoryMean: number | null
}
/** `name` is null where the replica's row is gone. */
export type ReplicaSamples = { replicaId: string; name: string | null; samples: HardwareSample[] }

type Answer = { [Key in keyof HardwareSample]: HardwareSample[Key][] | null } & {
  replicaId: string
  name: string | null
  count: number
}

const id = bare(table.replicaId)
const start = bare(table.windowStart)

const SELECTED = columnsAsJson(
  {
    startMs: milliseconds(table.windowStart),
    samples: table.samples,
    cpuMean: table.cpuMean,
    cpuMax: table.cpuMax,
    memoryMean: table.memoryMean,
    memoryMax: table.memoryMax,
    memoryLimit: table.memoryLimit,
    gpuMean: table.gpuMean,
    gpuMemoryMean: table.gpuMemoryMean,
  } satisfies Record<keyof HardwareSample, unknown>,
  sql`${start} is not null`,
)

/**
 * The stored windows of the newest replicas, newest first, or of the `wanted` in their order, and how many replicas
 * there are in all.
 */
export async function readHardwareRows(
  db: Database,
  within: SQL | undefined,
  { most, wanted }: { most: number; wanted: readonly string[] | null },
): Promise<{ shown: ReplicaSamples[]; count: number }> {
  const found = wanted
    ? sql`select ${id}, place, 0 as count from unnest(${sql.param([...wanted])}::uuid[]) with ordinality as w(${id}, place)`
    : sql`select ${id}, row_number() over (order by max(${start}) desc, ${id}) as place, count(*) over ()::int as count
        from windows group by ${id}`
  const { rows } = await db.execute<Answer>(sql`
    with windows as materialized (select * from ${table} where ${within}), found as (${found})
    select ${id} as "replicaId", count, ${SELECTED},
      (select ${bare(replicas.name)} from ${replicas} where ${replicas.id} = found.${id}) as name
    from found left join windows using (${id})
    where place <= ${most}
    group by ${id}, place, count order by place`)
  return {
    shown: rows.map(({ replicaId, name, count: _count, ...columns }) => ({
      replicaId,
      name,
      samples: rowsOf<HardwareSample>(columns),
    })),
    count: wanted ? wanted.length : (rows[0]?.count ?? 0),
  }
}
