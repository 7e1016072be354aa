import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { now } from '../writing-replica/clock'
import { numberOf, readStream, stampOf } from '../writing-replica/read-stream'
import type { World } from '../writing-replica/world'

/** Lines per second from the writer's first until an SSE reader has checked the last one: every number, in order. */
export async function throughProduct(world: World, from: number, count: number): Promise<number> {
  const after = await world.lastSeq()
  let expected = from
  let startMs = Number.NaN
  const written = world.write(from, count)
  await readStream(world, after, batch => {
    for (const [index, { dropped }] of Object.entries(batch.extras ?? {}))
      if (dropped) throw new Error(`${dropped} lines were dropped at ${batch.first + Number(index)}.`)
    for (const text of batch.texts) {
      if (expected === from) startMs = stampOf(text)
      if (numberOf(text) !== expected) throw new Error(`Wanted number ${expected}, got: ${text}`)
      expected += 1
    }
    return expected < from + count
  })
  const perSecond = count / ((now() - startMs) / 1000)
  await written
  return perSecond
}

/** The same writer into a file and `tail -f | wc -l` on it, until `wc` has counted the last line. */
export async function throughTail(world: World, path: string, count: number): Promise<number> {
  const file = openSync(path, 'w+')
  const writer = spawn(process.execPath, [world.writer, '1', String(count)], {
    stdio: ['ignore', file, 'inherit'],
  })
  const tail = spawn('sh', ['-c', `tail -n +1 -s 0.005 --pid=${writer.pid} -f "${path}" | wc -l`])
  const counting = text(tail.stdout)
  await once(tail.stdout, 'end')
  const endMs = now()
  const counted = Number(await counting)
  if (counted !== count) throw new Error(`tail -f | wc -l counted ${counted} of ${count} lines.`)
  const head = Buffer.alloc(200)
  readSync(file, head, 0, head.length, 0)
  closeSync(file)
  return count / ((endMs - stampOf(head.toString())) / 1000)
}
