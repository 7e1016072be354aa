import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { RANGES } from '@/lib/domain/analytics/range'
import type { Database } from '@/lib/server/db/client'
import { startEmbedded } from '@/lib/server/db/embedded/server'
import { migrateDatabase } from '@/lib/server/db/migrate'
import { hardwareChartsOf } from '../hardware-charts'
import { type RequestFilter, requestChartsOf } from '../request-charts'
import { accuracy } from './accuracy'
import { buildData, MAIN, REPLICAS, TOKEN } from './build-data'
import { rawPercentiles } from './raw-percentiles'
import { median, nearestRank, timed } from './timing'

const RUNS = 50
const RAW_ROWS = 10_000_000
const QUICK_RAW_ROWS = 500_000
/** Nothing here must survive a power cut; everything else is as `npm start` sets it. */
const SERVER = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' }
const GATEWAY_RESULT = join('bench-results', 'gateway.json')

type Read = () => Promise<unknown>

/** Every way a chart of 30 days is asked for; interleaved, so that a busy moment of the machine hits all alike. */
async function chartTimes(db: Database, nowMs: number): Promise<Record<string, number[]>> {
  const window = { fromMs: nowMs - RANGES['30d'].seconds * 1000, toMs: nowMs }
  const requests = (filter: RequestFilter) => () => requestChartsOf(db, MAIN, window, filter, nowMs)
  const reads: Record<string, Read> = {
    'requests, latency, traffic': requests({}),
    'CPU, memory': () => hardwareChartsOf(db, MAIN, window, nowMs),
    'one revision': requests({ revision: 1 }),
    'one replica': requests({ ...(REPLICAS[0] ? { replicaId: REPLICAS[0] } : {}) }),
    'one token': requests({ tokenId: TOKEN }),
  }
  const times: Record<string, number[]> = {}
  for (let run = -5; run < RUNS; run++) {
    for (const [name, read] of Object.entries(reads)) {
      const ms = await timed(read)
      if (run >= 0) times[name] = [...(times[name] ?? []), ms]
    }
  }
  return times
}

/** Measured by the gateway's benchmark on the real handler; run first when this machine has no result of it. */
function recordingShare(): number {
  if (!existsSync(GATEWAY_RESULT)) execFileSync('npm', ['run', '-s', 'bench:gateway'], { stdio: 'inherit' })
  return (JSON.parse(readFileSync(GATEWAY_RESULT, 'utf8')) as { recordingShare: number }).recordingShare
}

async function measure(dataDir: string, rawRows: number) {
  const server = await startEmbedded({ dataDir, settings: SERVER })
  try {
    await migrateDatabase(server.url)
    const nowMs = Math.floor(Date.now() / 1000) * 1000
    const { db, seconds } = await buildData(server.url, nowMs)
    console.log(`Built in ${seconds.toFixed(0)} s.`)
    const charts = await chartTimes(db, nowMs)
    const stepSeconds = 4 * 3600
    const raw = await rawPercentiles(server.url, rawRows, nowMs, stepSeconds)
    await db.$client.end()
    return { buildSeconds: seconds, charts, raw }
  } finally {
    await server.stop()
  }
}

async function main(): Promise<void> {
  const rawRows = process.argv.includes('--quick') ? QUICK_RAW_ROWS : RAW_ROWS
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-bench-'))
  await chmod(dataDir, 0o711)
  const { buildSeconds, charts, raw } = await measure(dataDir, rawRows).finally(() =>
    rm(dataDir, { recursive: true, force: true }),
  )
  const errors = accuracy()
  const p95 = (name: string) => nearestRank(charts[name] ?? [], 0.95)
  const unfiltered = ['requests, latency, traffic', 'CPU, memory']
  const filtered = ['one revision', 'one replica', 'one token']
  const result = {
    cpus: cpus().length,
    node: process.version,
    buildSeconds,
    runs: RUNS,
    rawRows,
    chart30dP95Ms: Math.max(...unfiltered.map(p95)),
    chart30dFilteredP95Ms: Math.max(...filtered.map(p95)),
    rawMedianMs: raw.medianMs,
    rawSqlOverSketch: raw.medianMs / median(charts['requests, latency, traffic'] ?? []),
    maxRelativeErrorPct: Math.max(...errors.map(entry => entry.maxRelativeErrorPct)),
    countsExact: errors.every(entry => entry.countsExact),
    recordingShare: recordingShare(),
  }
  console.log(raw.plan)
  console.table(
    Object.fromEntries(
      Object.entries(charts).map(([name, times]) => [
        name,
        { 'median ms': round(median(times)), 'p95 ms': round(nearestRank(times, 0.95)) },
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
