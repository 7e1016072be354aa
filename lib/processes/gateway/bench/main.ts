import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chooseLoad, type Load } from './load'
import { recordingCostUs } from './recording-cost'

const ROUNDS = 5
const SECONDS = 4
const WARM_UP_SECONDS = 8
const PAIRS = 11
const PAIR_SECONDS = 2

type BenchServer = { child: ChildProcess; url: string }
type Round = { cpuUs: number; perSecond: number }

async function startServer(...args: string[]): Promise<BenchServer> {
  const child = fork(join(fileURLToPath(new URL('.', import.meta.url)), 'server.mjs'), args)
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { child, url: `http://127.0.0.1:${port}` }
}

async function cpuUsOf({ child }: BenchServer): Promise<number> {
  child.send('cpu')
  const [usage] = (await once(child, 'message')) as [NodeJS.CpuUsage]
  return usage.user + usage.system
}

/** CPU time of the server's process per request: the one figure that survives a busy machine. */
async function measure(server: BenchServer, path: string, load: Load, seconds: number): Promise<Round> {
  const before = await cpuUsOf(server)
  const { requests, failures } = await load(`${server.url}${path}`, seconds)
  if (requests === 0 || failures > 0) throw new Error(`${failures} of ${requests} requests failed.`)
  return { cpuUs: ((await cpuUsOf(server)) - before) / requests, perSecond: requests / seconds }
}

const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? Number.NaN
const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Gateways with and without recording, turn by turn and first in turn, so that what drifts drifts for both. */
async function measurePairs(on: BenchServer, off: BenchServer, load: Load): Promise<number[]> {
  const ratios: number[] = []
  for (let pair = 0; pair < PAIRS; pair++) {
    const order = pair % 2 === 0 ? [on, off] : [off, on]
    const cpuUs = new Map<BenchServer, number>()
    for (const server of order)
      cpuUs.set(server, (await measure(server, '/main/bench', load, PAIR_SECONDS)).cpuUs)
    ratios.push((cpuUs.get(on) ?? Number.NaN) / (cpuUs.get(off) ?? Number.NaN))
  }
  return ratios
}

async function main(): Promise<void> {
  const { name, load } = await chooseLoad()
  const replica = await startServer('hello')
  const hello = await startServer('hello')
  const gateway = await startServer('gateway', replica.url)
  const unrecorded = await startServer('unrecorded', replica.url)
  const rounds: { hello: Round[]; gateway: Round[] } = { hello: [], gateway: [] }
  let ratios: number[] = []
  try {
    // Until the compiler has seen enough: the first ten thousand requests cost several times the rest.
    await measure(hello, '/', load, WARM_UP_SECONDS)
    await measure(gateway, '/main/bench', load, WARM_UP_SECONDS)
    await measure(unrecorded, '/main/bench', load, WARM_UP_SECONDS)
    for (let i = 0; i < ROUNDS; i++) {
      rounds.hello.push(await measure(hello, '/', load, SECONDS))
      rounds.gateway.push(await measure(gateway, '/main/bench', load, SECONDS))
    }
    ratios = await measurePairs(gateway, unrecorded, load)
  } finally {
    for (const { child } of [replica, hello, gateway, unrecorded]) child.kill()
  }
  report(name, rounds, ratios, recordingCostUs())
}

function report(
  load: string,
  rounds: { hello: Round[]; gateway: Round[] },
  ratios: number[],
  recordingUs: number,
): void {
  const cpuUs = (which: Round[]) => median(which.map(round => round.cpuUs))
  const perSecond = (which: Round[]) => Math.round(median(which.map(round => round.perSecond)))
  const gatewayCpuUs = cpuUs(rounds.gateway)
  const result = {
    load,
    cpus: cpus().length,
    node: process.version,
    helloCpuUs: cpuUs(rounds.hello),
    gatewayCpuUs,
    gatewayOverHello: median(
      rounds.gateway.map((round, i) => round.cpuUs / (rounds.hello[i]?.cpuUs ?? Number.NaN)),
    ),
    gatewayPerSecond: perSecond(rounds.gateway),
    recordingUs,
    recordingShare: recordingUs / gatewayCpuUs,
    recordingPairs: ratios.length,
    recordingOnOverOff: median(ratios),
    recordingOnOverOffQuartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  }
  console.table({
    'plain node:http': { 'CPU µs/request': round(result.helloCpuUs), 'requests/s': perSecond(rounds.hello) },
    gateway: { 'CPU µs/request': round(gatewayCpuUs), 'requests/s': result.gatewayPerSecond },
    'of it recording': {
      'CPU µs/request': round(recordingUs),
      share: `${round(result.recordingShare * 100)} %`,
    },
  })
  console.log(
    `CPU with recording ÷ without, ${ratios.length} pairs: median ${round(result.recordingOnOverOff)}, quartiles ${result.recordingOnOverOffQuartiles.map(round).join(' and ')}.`,
  )
  mkdirSync('bench-results', { recursive: true })
  writeFileSync('bench-results/gateway.json', `${JSON.stringify(result, null, 2)}\n`)
}

const round = (value: number) => Math.round(value * 1000) / 1000

await main()
