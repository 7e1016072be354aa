import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { now } from '../writing-replica/clock'
import { readStream, stampOf } from '../writing-replica/read-stream'
import type { World } from '../writing-replica/world'

/** How long after it was written each line was in the reader's hands. */
export type Delays = { p50Ms: number; p99Ms: number; maxMs: number }

export function delaysOf(samples: number[]): Delays {
  const sorted = Float64Array.from(samples).sort()
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}

export async function delayOfStream(world: World, perSecond: number, seconds: number): Promise<Delays> {
  const count = perSecond * seconds
  const after = await world.lastSeq()
  const samples: number[] = []
  const written = world.write(1, count, perSecond)
  await readStream(world, after, batch => {
    const readMs = now()
    for (const text of batch.texts) samples.push(readMs - stampOf(text))
    return samples.length < count
  })
  await written
  return delaysOf(samples)
}

export async function delayOfTail(
  world: World,
  path: string,
  perSecond: number,
  seconds: number,
): Promise<Delays> {
  const count = perSecond * seconds
  const file = openSync(path, 'w')
  const tail = spawn('tail', ['-n', '+1', '-f', path])
  spawn(process.execPath, [world.writer, '1', String(count), String(perSecond)], {
    stdio: ['ignore', file, 'inherit'],
  })
  closeSync(file)
  const samples: number[] = []
  for await (const line of createInterface(tail.stdout)) {
    samples.push(now() - stampOf(line))
    if (samples.length === count) break
  }
  tail.kill()
  return delaysOf(samples)
}
