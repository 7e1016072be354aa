import { now } from '../writing-replica/clock'
import { readStream, stampOf } from '../writing-replica/read-stream'
import type { World } from '../writing-replica/world'
import { type Delays, delaysOf } from './delay'

export type ManyReaders = Delays & {
  readers: number
  lines: number
  portalGrowthBytes: number
  portalBytes: number
}

/** Many readers of one log at once: what each line's way takes, and what the portal holds for them. */
export async function manyReaders(
  world: World,
  { readers, perSecond, seconds }: { readers: number; perSecond: number; seconds: number },
): Promise<ManyReaders> {
  const count = perSecond * seconds
  const after = await world.lastSeq()
  const before = world.rssBytes('portal')
  let portalBytes = before
  const watching = setInterval(() => {
    portalBytes = Math.max(portalBytes, world.rssBytes('portal'))
  }, 250)
  const samples: number[] = []
  const reading = Array.from({ length: readers }, async () => {
    let mine = 0
    await readStream(world, after, batch => {
      const readMs = now()
      for (const text of batch.texts) samples.push(readMs - stampOf(text))
      mine += batch.texts.length
      return mine < count
    })
    if (mine !== count) throw new Error(`A reader got ${mine} of ${count} lines.`)
  })
  await new Promise(resolve => setTimeout(resolve, 2_000))
  await world.write(1, count, perSecond)
  await Promise.all(reading)
  clearInterval(watching)
  return {
    ...delaysOf(samples),
    readers,
    lines: samples.length,
    portalGrowthBytes: portalBytes - before,
    portalBytes,
  }
}
