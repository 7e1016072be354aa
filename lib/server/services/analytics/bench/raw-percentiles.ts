import pg from 'pg'
import { DAYS, MAIN } from './build-data'
import { median, timed } from './timing'

const RUNS = 3

/**
 * The same question asked of single rows: four quantiles per bucket of the same length, from `rows` requests of one
 * endpoint over the same 30 days, indexed by (endpoint, time).
 */
export async function rawPercentiles(
  url: string,
  rows: number,
  nowMs: number,
  stepSeconds: number,
): Promise<{ medianMs: number; plan: string }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    'create unlogged table raw (endpoint_id uuid, at timestamptz, status smallint, total_us bigint)',
  )
  await client.query(
    `insert into raw select '${MAIN}', to_timestamp($1 - ${DAYS * 86_400} * (i::float8 / $2)), 200,
       (120000 * exp(0.8 * (random() + random() + random() + random() - 2) * 1.7))::bigint
     from generate_series(1, $2) as i`,
    [nowMs / 1000, rows],
  )
  await client.query('create index on raw (endpoint_id, at)')
  await client.query('analyze raw')
  const query = `select floor(extract(epoch from at) / ${stepSeconds}) as bucket, count(*),
      percentile_disc(array[0.5, 0.9, 0.95, 0.99]) within group (order by total_us)
    from raw where endpoint_id = '${MAIN}' and at >= to_timestamp(${nowMs / 1000 - DAYS * 86_400})
      and at < to_timestamp(${nowMs / 1000}) group by 1 order by 1`
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) times.push(await timed(() => client.query(query)))
  const explained = await client.query<{ 'QUERY PLAN': string }>(`explain ${query}`)
  await client.end()
  return { medianMs: median(times), plan: explained.rows.map(row => row['QUERY PLAN']).join('\n') }
}
