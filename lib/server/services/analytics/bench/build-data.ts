import pg from 'pg'
import { type Database, openDatabase } from '@/lib/server/db/client'
import { ensurePartitions } from '@/lib/server/db/partitions'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { MERGED_UUID } from '@/lib/server/db/schema/request-rollups'
import { teams } from '@/lib/server/db/schema/teams'
import { FINEST, FINEST_OF_TOKENS, RESOLUTIONS, type Resolution, ROLL_UPS } from '../resolutions'
import { writeWatermark } from '../watermark'
import { fillPool, VARIANTS } from './sketch-pool'

export const DAYS = 30
export const PER_SECOND = 1_000
const OTHERS = 49
const OTHERS_PER_SECOND = 1
const DAY_SECONDS = 86_400
const CODES = [200, 400, 404, 429, 500]

const uuid = (group: number, number: number) =>
  `00000000-0000-4000-8000-${String(group * 1_000 + number).padStart(12, '0')}`
export const MAIN = uuid(1, 1)
const TEAM_ID = uuid(5, 1)
export const TEAM = 'bench'
export const ENDPOINT = 'busy'
export const TOKEN = uuid(2, 1)
/** Two of each revision, side by side as in a long rollout. */
export const REPLICAS = [1, 2, 3, 4].map(number => uuid(3, number))
const OTHER_IDS = Array.from({ length: OTHERS }, (_, number) => uuid(4, number))

/** How far back each resolution is kept by default. */
const daysOf = (resolution: Resolution) => (resolution === FINEST ? 1 : DAYS)

type Rows = { endpoints: string; dimensions: string; kind: string; requests: string; statusCounts: string }

/** One insert per resolution and kind of row; SQL generates, so that building is not what is measured. */
const insertRollups = (seconds: number, days: number, toMs: number, rows: Rows) => `
  insert into request_rollups (resolution, window_start, endpoint_id, revision, replica_id, status, process_id,
    requests, status_counts, bytes_in, bytes_out, tokens_in, tokens_out, total, ttfb, wait,
    in_flight_max, in_flight_mean, waiting_max, waiting_mean, records_kept)
  select ${seconds}, w, e::uuid, d.revision, d.replica::uuid, d.status, '', ${rows.requests}, ${rows.statusCounts},
    1000, 2000, 0, 0, p.total, p.ttfb, p.wait, 200, 120, 4, 0.5, 200
  from generate_series(to_timestamp(${toMs / 1000 - days * DAY_SECONDS}), to_timestamp(${toMs / 1000 - seconds}),
      interval '${seconds} seconds') as w
    cross join ${rows.endpoints} as e
    cross join ${rows.dimensions} as d(revision, replica, status, share)
    join pool p on p.kind = '${rows.kind}'
      and p.variant = (extract(epoch from w)::bigint / ${seconds} * 7 + d.status) % ${VARIANTS}`

const list = (values: readonly string[]) => `unnest(array[${values.map(value => `'${value}'`).join(', ')}])`

function statementsFor(seconds: number, days: number, toMs: number): string[] {
  const merged = `(values (0, '${MERGED_UUID}', 0, 1.0))`
  const cells = REPLICAS.flatMap((replica, index) =>
    CODES.map(
      (status, code) => `(${index < 2 ? 1 : 2}, '${replica}', ${status}, ${(code === 0 ? 0.96 : 0.01) / 4})`,
    ),
  )
  const groups = [
    ...REPLICAS.map((replica, index) => `(${index < 2 ? 1 : 2}, '${replica}', 0, 0.25)`),
    ...[1, 2].map(revision => `(${revision}, '${MERGED_UUID}', 0, 0.5)`),
  ]
  const counts = (total: number) =>
    `jsonb_build_object(${CODES.map((code, i) => `'${code}', round(${total * (i === 0 ? 0.96 : 0.01)} * d.share)`).join(', ')})`
  const total = PER_SECOND * seconds
  return [
    insertRollups(seconds, days, toMs, {
      endpoints: list([MAIN]),
      dimensions: merged,
      kind: `merged${seconds}`,
      requests: String(total),
      statusCounts: counts(total),
    }),
    insertRollups(seconds, days, toMs, {
      endpoints: list([MAIN]),
      dimensions: `(values ${cells.join(', ')})`,
      kind: `cell${seconds}`,
      requests: `round(${total} * d.share)`,
      statusCounts: 'null::jsonb',
    }),
    ...(seconds === FINEST
      ? []
      : [
          insertRollups(seconds, days, toMs, {
            endpoints: list([MAIN]),
            dimensions: `(values ${groups.join(', ')})`,
            kind: `group${seconds}`,
            requests: `round(${total} * d.share)`,
            statusCounts: counts(total),
          }),
        ]),
    insertRollups(seconds, days, toMs, {
      endpoints: list(OTHER_IDS),
      dimensions: merged,
      kind: `other${seconds}`,
      requests: String(OTHERS_PER_SECOND * seconds),
      statusCounts: counts(OTHERS_PER_SECOND * seconds),
    }),
  ]
}

const insertTokens = (seconds: number, toMs: number) => `
  insert into token_rollups (resolution, window_start, endpoint_id, token_id, status_class, process_id, requests, total)
  select ${seconds}, w, '${MAIN}', '${TOKEN}', class, '', ${seconds * 300}, p.total
  from generate_series(to_timestamp(${toMs / 1000 - DAYS * DAY_SECONDS}), to_timestamp(${toMs / 1000 - seconds}),
      interval '${seconds} seconds') as w
    cross join unnest(array[2, 4, 5]) as class
    join pool p on p.kind = 'cell${seconds}' and p.variant = (extract(epoch from w)::bigint / ${seconds}) % ${VARIANTS}`

const insertHardware = (seconds: number, days: number, toMs: number) => `
  insert into hardware_rollups (resolution, window_start, endpoint_id, replica_id, samples, cpu_min, cpu_mean, cpu_max,
    memory_min, memory_mean, memory_max, memory_limit)
  select ${seconds}, w, '${MAIN}', r::uuid, ${seconds / 10}, 0.2, 0.5, 0.9, 1e9, 1.1e9, 1.2e9, 2e9
  from generate_series(to_timestamp(${toMs / 1000 - days * DAY_SECONDS}), to_timestamp(${toMs / 1000 - seconds}),
      interval '${seconds} seconds') as w
    cross join ${list(REPLICAS)} as r`

/** Every statement that fills a table of rollups, the longest first. */
function statements(nowMs: number): string[] {
  return RESOLUTIONS.toSorted((a, b) => (a === 60 ? -1 : b === 60 ? 1 : a - b)).flatMap(seconds => {
    const days = daysOf(seconds)
    const toMs = Math.floor(nowMs / (seconds * 1000)) * seconds * 1000
    const ofTokens = seconds < FINEST_OF_TOKENS ? [] : [insertTokens(seconds, toMs)]
    return [...statementsFor(seconds, days, toMs), insertHardware(seconds, days, toMs), ...ofTokens]
  })
}

/** Builds everything up to `nowMs`, every resolution as far as the controller would have it. */
export async function buildData(url: string, nowMs: number): Promise<{ db: Database; seconds: number }> {
  const startedAt = performance.now()
  const db = openDatabase(url, { max: 4, applicationName: 'bench' })
  for (let daysAgo = 0; daysAgo <= DAYS; daysAgo++)
    await ensurePartitions(db, new Date(nowMs - daysAgo * 86_400_000))
  const kinds = RESOLUTIONS.flatMap(seconds => [
    [`merged${seconds}`, PER_SECOND * seconds],
    [`group${seconds}`, (PER_SECOND * seconds) / 4],
    [`cell${seconds}`, (PER_SECOND * seconds) / 20],
    [`other${seconds}`, OTHERS_PER_SECOND * seconds],
  ])
  await db.insert(teams).values({ id: TEAM_ID, slug: TEAM, name: TEAM })
  await db.insert(endpoints).values({ id: MAIN, teamId: TEAM_ID, name: ENDPOINT, provider: 'local' })
  await fillPool(db.$client, Object.fromEntries(kinds))
  const left = statements(nowMs)
  const worker = async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (let next = left.shift(); next !== undefined; next = left.shift()) await client.query(next)
    await client.end()
  }
  await Promise.all([worker(), worker()])
  await db.$client.query('analyze')
  const marks = ROLL_UPS.map(({ target }) => [target, Math.floor(nowMs / (target * 1000)) * target * 1000])
  await writeWatermark(db, Object.fromEntries(marks))
  return { db, seconds: (performance.now() - startedAt) / 1000 }
}
