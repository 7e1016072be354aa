import { sql } from 'drizzle-orm'
import type { Queryable } from './client'

const DAY_MS = 86_400_000

/** One partitioned table, the length of its parts, and how many to have ahead of now. */
type Plan = { table: string; partDays: number; ahead: number }

const PLANS: readonly Plan[] = [
  { table: 'request_rollups_10', partDays: 1, ahead: 3 },
  { table: 'request_rollups_60', partDays: 7, ahead: 2 },
  { table: 'request_rollups_300', partDays: 7, ahead: 2 },
  { table: 'request_rollups_3600', partDays: 28, ahead: 2 },
  { table: 'request_rollups_14400', partDays: 28, ahead: 2 },
  { table: 'hardware_rollups_10', partDays: 1, ahead: 3 },
  { table: 'hardware_rollups_60', partDays: 7, ahead: 2 },
  { table: 'hardware_rollups_300', partDays: 7, ahead: 2 },
  { table: 'hardware_rollups_3600', partDays: 28, ahead: 2 },
  { table: 'hardware_rollups_14400', partDays: 28, ahead: 2 },
  { table: 'token_rollups_60', partDays: 7, ahead: 2 },
  { table: 'token_rollups_300', partDays: 7, ahead: 2 },
  { table: 'token_rollups_3600', partDays: 28, ahead: 2 },
  { table: 'token_rollups_14400', partDays: 28, ahead: 2 },
  { table: 'request_records', partDays: 1, ahead: 3 },
  { table: 'team_refusals', partDays: 7, ahead: 2 },
]

/** Sketches stay beside their row as far as a page takes it: fetched one by one they cost charts ten times as much. */
const INLINE = 'with (toast_tuple_target = 8160)'

const nameOf = (table: string, startMs: number) =>
  `${table}_p${new Date(startMs).toISOString().slice(0, 10).replaceAll('-', '')}`

const timeOf = (table: string) => (table === 'request_records' ? 'at' : 'window_start')

/**
 * Makes a part. Rows that came while nobody made any lie in the table's rest, and PostgreSQL makes no part beside
 * them: they move into it. Several statements sent at once are one transaction.
 */
const makePart = (table: string, name: string, bounds: { from: string; to: string }): string => `
  lock table "${table}_rest" in access exclusive mode;
  create temp table moved on commit drop as select * from "${table}_rest"
    where ${timeOf(table)} >= '${bounds.from}' and ${timeOf(table)} < '${bounds.to}';
  delete from "${table}_rest" where ${timeOf(table)} >= '${bounds.from}' and ${timeOf(table)} < '${bounds.to}';
  create table if not exists "${name}" partition of "${table}"
    for values from ('${bounds.from}') to ('${bounds.to}') ${INLINE};
  insert into "${table}" select * from moved`

/** Creates the parts that hold now and the days ahead. Parts begin at multiples of their length since 1970. */
export async function ensurePartitions(db: Pick<Queryable, 'execute'>, now: Date): Promise<void> {
  for (const { table, partDays, ahead } of PLANS) {
    const length = partDays * DAY_MS
    const first = Math.floor(now.getTime() / length) * length - length
    for (let part = 0; part <= ahead + 1; part++) {
      const start = first + part * length
      const name = nameOf(table, start)
      const found = await db.execute<{ id: string | null }>(sql`select to_regclass(${name}) as id`)
      if (found.rows[0]?.id) continue
      const bounds = { from: new Date(start).toISOString(), to: new Date(start + length).toISOString() }
      await db.execute(sql.raw(makePart(table, name, bounds)))
    }
  }
}

/** Drops the parts that ended before `before`; returns their names. */
export async function dropPartitions(
  db: Pick<Queryable, 'execute'>,
  table: string,
  before: Date,
): Promise<string[]> {
  const plan = PLANS.find(candidate => candidate.table === table)
  if (!plan) throw new Error(`${table} is not a partitioned table.`)
  const found = await db.execute<{ name: string }>(
    sql`select relid::regclass::text as name from pg_partition_tree(${table}::regclass) where isleaf and level > 0`,
  )
  const dropped: string[] = []
  for (const { name } of found.rows) {
    const stamp = /_p(\d{4})(\d{2})(\d{2})$/.exec(name)
    if (!stamp) continue
    const end = Date.parse(`${stamp[1]}-${stamp[2]}-${stamp[3]}T00:00:00Z`) + plan.partDays * DAY_MS
    if (end > before.getTime()) continue
    await db.execute(sql.raw(`drop table if exists "${name}"`))
    dropped.push(name)
  }
  return dropped
}
