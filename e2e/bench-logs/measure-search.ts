import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from '../writing-replica/world'
import { grep, packLines, searchProduct } from './search'

/** Every 50,000th line has it (`write-lines.ts`). */
const NEEDLE = 'Cache evicted'
const ROUNDS = 5
/** So many unpacked segments may be left when all are sealed: the one being written. */
const SEALING_PATIENCE_MS = 60_000

const bytesIn = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)

/** What was written is packed in the background; both sides are searched packed. */
async function waitUntilSealed(folder: string): Promise<void> {
  const deadline = Date.now() + SEALING_PATIENCE_MS
  while (readdirSync(folder).filter(name => name.endsWith('.open')).length > 1) {
    if (Date.now() > deadline) throw new Error('The log’s segments are still being packed.')
    await sleep(100)
  }
}

/** Medians over interleaved rounds: the product's search, with and without regard to case, and the greps'. */
export async function measureSearch(
  world: World,
  scratch: string,
  count: number,
): Promise<Record<string, number>> {
  await waitUntilSealed(world.logFolder)
  const storedBytes = bytesIn(world.logFolder)
  const { rawBytes } = await packLines(scratch, [world.writer, '1', String(count)])
  const times: Record<string, number[]> = {}
  const add = (name: string, ms: number) => {
    times[name] = [...(times[name] ?? []), ms]
  }
  const expected = grep('zstdgrep', `${scratch}.zst`, ['-F', NEEDLE]).matches
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, params] of [
      ['search', { q: NEEDLE, case: '1' }],
      ['searchAnyCase', { q: NEEDLE.toLowerCase() }],
    ] as const) {
      const found = await searchProduct(world, params)
      if (found.matches !== expected) throw new Error(`${name} found ${found.matches} of ${expected} lines.`)
      add(name, found.allMs)
      add('firstMatch', found.firstMs)
    }
    add('zstdgrep', grep('zstdgrep', `${scratch}.zst`, ['-F', NEEDLE]).allMs)
    add('zstdgrepAnyCase', grep('zstdgrep', `${scratch}.zst`, ['-iF', NEEDLE]).allMs)
    add('zgrep', grep('zgrep', `${scratch}.gz`, ['-F', NEEDLE]).allMs)
  }
  const medianMs = (name: string): number => {
    const sorted = (times[name] ?? []).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }
  return {
    searchOverGrep: Math.max(
      medianMs('search') / medianMs('zstdgrep'),
      medianMs('searchAnyCase') / medianMs('zstdgrepAnyCase'),
    ),
    searchMs: medianMs('search'),
    searchAnyCaseMs: medianMs('searchAnyCase'),
    zstdgrepMs: medianMs('zstdgrep'),
    zstdgrepAnyCaseMs: medianMs('zstdgrepAnyCase'),
    zgrepMs: medianMs('zgrep'),
    firstMatchMs: medianMs('firstMatch'),
    storedOverRaw: storedBytes / rawBytes,
  }
}
