import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemActor } from '@/lib/domain/access/actor'
import { chartInput } from '@/lib/domain/analytics/inputs'
import type { RangeKey } from '@/lib/domain/analytics/range'
import type { Result } from '@/lib/domain/result'
import type { Database } from '@/lib/server/db/client'
import { startEmbedded } from '@/lib/server/db/embedded/server'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { getHardwareCharts, getRequestCharts } from '../get-charts'
import { accuracy } from './accuracy'
import { buildData, ENDPOINT, REPLICAS, TEAM, TOKEN } from './build-data'
import { rawPercentiles } from './raw-percentiles'
import { median, nearestRank, timed } from './timing'

const RUNS = 50
/** Until the compiler has seen enough, as on a server that has run for a minute. */
const WARM_UP_RUNS = 20
const RAW_ROWS = 10_000_000
const QUICK_RAW_ROWS = 500_000
/** Nothing here must survive a power cut; everything else is as `npm start` sets it. */
const SERVER = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  autovacuum: 'off',
}
const GATEWAY_RESULT = join('bench-results', 'gateway.json')

type Filter = { revision?: number; replica?: string; token?: string }

/** The verbs as the page's requests call them, and what they send as text. */
function readsOf(db: Database, range: RangeKey): Record<string, () => Promise<void>> {
  const ctx = { db, actor: systemActor('bench', 'bench') }
  const send = async <T>(answer: Promise<Result<T>>) => {
    const result = await answer
    if (!result.ok) throw new Error(result.error.message)
    JSON.stringify(result.data)
  }
  const input = (filter: Filter = {}) =>
    chartInput.parse({ team: TEAM, endpoint: ENDPOINT, range, ...filter })
  const requests = (filter?: Filter) => () => send(getRequestCharts(ctx, input(filter)))
  return {
    'requests, latency, traffic': requests(),
    'CPU, memory': () => send(getHardwareCharts(ctx, input())),
    'one revision': requests({ revision: 1 }),
    'one replica': requests({ ...(REPLICAS[0] ? { replica: REPLICAS[0] } : {}) }),
    'one token': requests({ token: TOKEN }),
  }
}
const FILTERED = ['one revision', 'one replica', 'one token']

/** Every chart, interleaved, so that a busy moment of the machine hits all alike. */
async function chartTimes(db: Database, range: RangeKey, runs = RUNS): Promise<Record<string, number[]>> {
  const reads = Object.entries(readsOf(db, range))
  const times: Record<string, number[]> = {}
  for (let run = -WARM_UP_RUNS; run < runs; run++) {
    for (const [name, read] of reads) {
      const ms = await timed(read)
      if (run >= 0) times[name] = [...(times[name] ?? []), ms]
    }
  }
  return times
}

type GatewayResult = {
  recordingShare: number
  recordingOnOverOff: number
  recordingOnOverOffQuartiles: number[]
}

/** Measured by the gateway's benchmark on the real handler; run first when this machine has no result of it. */
function recordingResult(): GatewayResult {
  if (!existsSync(GATEWAY_RESULT)) execFileSync('npm', ['run', '-s', 'bench:gateway'], { stdio: 'inherit' })
  const { recordingShare, recordingOnOverOff, recordingOnOverOffQuartiles } = JSON.parse(
    readFileSync(GATEWAY_RESULT, 'utf8'),
  ) as GatewayResult
  return { recordingShare, recordingOnOverOff, recordingOnOverOffQuartiles }
}

async function measure(dataDir: string, rawRows: number) {
  const server = await startEmbedded({ dataDir, settings: SERVER })
  try {
    await migrateDatabase(server.url)
    const nowMs = Math.floor(Date.now() / 1000) * 1000
    const { db, seconds } = await buildData(server.url, nowMs)
    console.log(`Built in ${seconds.toFixed(0)} s.`)
    const charts = await chartTimes(db, '30d')
    const others: Record<string, Record<string, number[]>> = {}
    for (const range of ['1h', '24h', '7d', '90d'] as const) others[range] = await chartTimes(db, range, 20)
    const stepSeconds = 4 * 3600
    const raw = await rawPercentiles(server.url, rawRows, nowMs, stepSeconds)
    await db.$client.end()
    return { buildSeconds: seconds, charts, others, raw }
  } finally {
    await server.stop()
  }
}

async function main(): Promise<void> {
  const rawRows = process.argv.includes('--quick') ? QUICK_RAW_ROWS : RAW_ROWS
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-bench-'))
  await chmod(dataDir, 0o711)
  const { buildSeconds, charts, others, raw } = await measure(dataDir, rawRows).finally(() =>
    rm(dataDir, { recursive: true, force: true }),
  )
  const errors = accuracy()
  const p95 = (name: string) => nearestRank(charts[name] ?? [], 0.95)
  const unfiltered = Object.keys(charts).filter(name => !FILTERED.includes(name))
  const result = {
    cpus: cpus().length,
    node: process.version,
    buildSeconds,
    runs: RUNS,
    rawRows,
    chart30dP95Ms: Math.max(...unfiltered.map(p95)),
    chart30dFilteredP95Ms: Math.max(...FILTERED.map(p95)),
    rawMedianMs: raw.medianMs,
    rawSqlOverSketch: raw.medianMs / median(charts['requests, latency, traffic'] ?? []),
    maxRelativeErrorPct: Math.max(...errors.map(entry => entry.maxRelativeErrorPct)),
    countsExact: errors.every(entry => entry.countsExact),
    ...recordingResult(),
  }
  console.log(raw.plan)
  console.table(
    Object.fromEntries(
      Object.entries(charts).map(([name, times]) => [
        name,
        {
          'median ms': round(median(times)),
          'p95 ms': round(nearestRank(times, 0.95)),
          ...Object.fromEntries(
            Object.entries(others).map(([range, by]) => [`${range} median`, round(median(by[name] ?? []))]),
          ),
        },
      ]),
    ),
  )
  console.table(errors)
  console.table(result)
  mkdirSync('bench-results', { recursive: true })
  writeFileSync(join('bench-results', 'analytics.json'), `${JSON.stringify(result, null, 2)}\n`)
}

const round = (value: number) => Math.round(value * 100) / 100

await main()
