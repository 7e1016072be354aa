import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { isBatch, parseMessage } from '@/lib/domain/logs/message'
import { routes } from '@/lib/routes'
import { now } from '../writing-replica/clock'
import type { World } from '../writing-replica/world'

export type Found = { matches: number; firstMs: number; allMs: number }

/** Everything kept, searched by the product's own route, newest first as the page does. */
export async function searchProduct(world: World, params: Record<string, string>): Promise<Found> {
  const startMs = now()
  const { statusCode, body } = await world.get(
    world.path(routes.api.logSearch, { limit: '50000', ...params }),
  )
  let firstMs = Number.NaN
  let matches = 0
  let rest = ''
  for await (const chunk of body) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const json of lines.filter(Boolean)) {
      const message = parseMessage(json)
      if (!isBatch(message)) continue
      if (matches === 0) firstMs = now() - startMs
      matches += message.texts.length
    }
  }
  if (statusCode !== 200) throw new Error(`The search answered ${statusCode}.`)
  return { matches, firstMs, allMs: now() - startMs }
}

/** The same lines as plain text, packed by zstd and by gzip with their own defaults. */
export async function packLines(path: string, writer: string[]): Promise<{ rawBytes: number }> {
  const child = spawn(process.execPath, writer, { stdio: ['ignore', 'pipe', 'inherit'] })
  const packers = [spawn('zstd', ['-q', '-f', '-o', `${path}.zst`]), spawn('gzip', ['-c'])] as const
  let rawBytes = 0
  child.stdout.on('data', (chunk: Buffer) => {
    rawBytes += chunk.length
  })
  const packed = pipeline(packers[1].stdout, createWriteStream(`${path}.gz`))
  await Promise.all([
    pipeline(child.stdout, packers[0].stdin),
    pipeline(child.stdout, packers[1].stdin),
    packed,
    once(packers[0], 'exit'),
  ])
  return { rawBytes }
}

export function grep(
  command: 'zstdgrep' | 'zgrep',
  path: string,
  args: string[],
): { matches: number; allMs: number } {
  const startMs = now()
  const { stdout } = spawnSync(command, [...args, path], { maxBuffer: 64 * 1024 * 1024 })
  return { matches: stdout.toString().split('\n').length - 1, allMs: now() - startMs }
}
