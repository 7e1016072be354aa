import type { WireBatch } from '@/lib/domain/logs/batch'
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
  let open = 0
  let allOpen = () => {}
  const standing = new Promise<void>(resolve => {
    allOpen = resolve
  })
  const reading = Array.from({ length: readers }, async () => {
    let mine = 0
    const take = (batch: WireBatch): boolean => {
      const readMs = now()
      for (const text of batch.texts) samples.push(readMs - stampOf(text))
      mine += batch.texts.length
      return mine < count
    }
    await readStream(world, after, take, () => {
      open += 1
      if (open === readers) allOpen()
    })
    if (mine !== count) throw new Error(`A reader got ${mine} of ${count} lines.`)
  })
  // It is following that is measured, not how long 200 take to connect at once. One that cannot fails here.
  await Promise.race([standing, Promise.all(reading)])
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
