import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { delayOfStream, delayOfTail } from './delay'
import { manyReaders } from './readers'
import { grep, packLines, searchProduct } from './search'
import { throughProduct, throughTail } from './throughput'
import { startWorld, type World, WRITER } from './world'

const isQuick = process.argv.includes('--quick')
const SIZES = isQuick
  ? { lines: 200_000, searched: 500_000, seconds: 3, readers: 20 }
  : { lines: 2_000_000, searched: 5_000_000, seconds: 10, readers: 200 }
/** Every 50,000th line has it (`write-lines.ts`). */
const NEEDLE = 'Cache evicted'

const bytesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)

async function main(): Promise<void> {
  const world = await startWorld()
  try {
    const result = { cpus: cpus().length, node: process.version, isQuick, ...(await measure(world)) }
    console.log(JSON.stringify(result, null, 2))
    mkdirSync('bench-results', { recursive: true })
    writeFileSync('bench-results/logs.json', `${JSON.stringify(result, null, 2)}\n`)
  } finally {
    await world.product.stop()
    await world.product.remove()
  }
}

async function measure(world: World) {
  const scratch = join(world.product.dataDir, '..', 'scratch')
  const tailLines = await throughTail(scratch, 1, SIZES.lines)
  const productLines = await throughProduct(world, 1, SIZES.lines)
  console.log({ tailLines, productLines, ratio: productLines / tailLines })
  // The rest of what is searched; a reader makes sure that all of it is stored.
  await throughProduct(world, SIZES.lines + 1, SIZES.searched - SIZES.lines)
  await sleep(3000)
  console.log('stored', bytesIn(world.logFolder))
  const { rawBytes } = await packLines(scratch, [WRITER, '1', String(SIZES.searched)])
  console.log({ rawBytes, ratio: bytesIn(world.logFolder) / rawBytes })
  for (let round = 0; round < 3; round += 1) {
    console.log(
      'search',
      await searchProduct(world, { q: NEEDLE, case: '1' }),
      await searchProduct(world, { q: NEEDLE.toLowerCase() }),
    )
    console.log(
      'zstdgrep',
      grep('zstdgrep', `${scratch}.zst`, ['-F', NEEDLE]),
      grep('zstdgrep', `${scratch}.zst`, ['-iF', NEEDLE]),
    )
    console.log('zgrep', grep('zgrep', `${scratch}.gz`, ['-F', NEEDLE]))
  }
  for (const rate of [1_000, 5_000]) {
    console.log(
      rate,
      await delayOfStream(world, rate, SIZES.seconds),
      await delayOfTail(scratch, rate, SIZES.seconds),
    )
  }
  console.log(await manyReaders(world, { readers: SIZES.readers, perSecond: 100, seconds: SIZES.seconds }))
  return {}
}

await main()
