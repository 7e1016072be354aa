import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { startWorld, type World } from '../writing-replica/world'
import { delayOfStream, delayOfTail } from './delay'
import { measureSearch } from './measure-search'
import { manyReaders } from './readers'
import { throughProduct, throughTail } from './throughput'

const isQuick = process.argv.includes('--quick')
const only = /^--only=(.*)$/m.exec(process.argv.join('\n'))?.[1]
const SIZES = isQuick
  ? { lines: 200_000, searched: 500_000, seconds: 3, readers: 20, rounds: 1 }
  : { lines: 2_000_000, searched: 5_000_000, seconds: 10, readers: 200, rounds: 2 }

const RESULTS = join('bench-results', 'logs.json')

type Figures = Record<string, number>
type Part = (world: World, scratch: string) => Promise<Figures>

const median = (values: number[]): number =>
  values.sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
const rounded = (value: number): number => Number(value.toPrecision(4))

/** Each is side by side with what it is compared to; `search` reads what `lines` wrote. */
const PARTS: Record<string, Part> = {
  lines: async (world, scratch) => {
    const ratios: number[] = []
    const rates: number[] = []
    let stored = 0
    const cpuUs = () => ({ controller: world.cpuUs('controller'), portal: world.cpuUs('portal') })
    const before = cpuUs()
    for (let round = 0; round < SIZES.rounds; round += 1) {
      const tail = await throughTail(world, scratch, SIZES.lines)
      const product = await throughProduct(world, stored + 1, SIZES.lines)
      stored += SIZES.lines
      ratios.push(product / tail)
      rates.push(product)
    }
    const after = cpuUs()
    // The search reads more than the rounds wrote.
    if (SIZES.searched > stored) await throughProduct(world, stored + 1, SIZES.searched - stored)
    const perLine = (program: keyof typeof after) =>
      (after[program] - before[program]) / (SIZES.rounds * SIZES.lines)
    return {
      linesOverTail: median(ratios),
      linesPerSecond: median(rates),
      controllerCpuUsPerLine: perLine('controller'),
      portalCpuUsPerLine: perLine('portal'),
    }
  },
  search: (world, scratch) => measureSearch(world, scratch, SIZES.searched),
  delay: async (world, scratch) => {
    const figures: Figures = {}
    for (const [perSecond, suffix] of [
      [5_000, ''],
      [1_000, 'At1000'],
    ] as const) {
      const stream = await delayOfStream(world, perSecond, SIZES.seconds)
      const tail = await delayOfTail(world, scratch, perSecond, SIZES.seconds)
      figures[`writeToReaderP99Ms${suffix}`] = stream.p99Ms
      figures[`writeToReaderP50Ms${suffix}`] = stream.p50Ms
      figures[`tailP99Ms${suffix}`] = tail.p99Ms
    }
    return figures
  },
  readers: async world => {
    const many = await manyReaders(world, { readers: SIZES.readers, perSecond: 100, seconds: SIZES.seconds })
    return {
      readers: many.readers,
      readersP99Ms: many.p99Ms,
      readersMaxMs: many.maxMs,
      portalMegabytes: many.portalBytes / 1e6,
      portalGrowthMegabytes: many.portalGrowthBytes / 1e6,
    }
  },
}

async function main(): Promise<void> {
  // One part alone (`--only=search`) leaves what the others found before.
  const before: unknown = only && existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {}
  const result: Record<string, unknown> = {
    ...(before as Record<string, unknown>),
    cpus: cpus().length,
    node: process.version,
    isQuick,
  }
  // The limit is there for the controller's sake; here it would only hide how much it takes.
  const world = await startWorld({ SLIPWAY_LOG_LINES_PER_SECOND: '1000000000' })
  try {
    const scratch = join(world.product.dataDir, '..', 'scratch')
    for (const [name, part] of Object.entries(PARTS)) {
      if (only && !only.split(',').includes(name)) continue
      const figures = Object.entries(await part(world, scratch)).map(([key, value]) => [key, rounded(value)])
      Object.assign(result, Object.fromEntries(figures))
      console.table(Object.fromEntries(figures))
      mkdirSync('bench-results', { recursive: true })
      writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`)
    }
  } catch (error) {
    // What the programs said is gone with the folder.
    console.error(world.product.output().slice(-4_000))
    throw error
  } finally {
    await world.product.stop()
    await world.product.remove()
  }
}

await main()
