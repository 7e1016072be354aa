import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type LookedAt, looksAt } from '../log-looks'
import type { LogChunk, LogReading, LogRef } from '../port'
import { azureLogs } from './answers'
import type { AzureClient } from './client'
import type { Inventory } from './inventory'
import { instanceOf } from './naming'
import { AzureRefusal } from './refusal'

/** How many lines were read, and what the last of them were. */
const place = z.object({ lines: z.number().int().nonnegative(), last: z.string() })
type Place = z.infer<typeof place>

/** The end of the log is all that can be asked for: this much of it. */
const TAIL = 5_000
/** So many lines together are taken to occur once. */
const MARK = 20

type Source = LookedAt & {
  client: AzureClient
  inventory: Inventory
  ref: LogRef
}

/**
 * The lines of a deployment. Azure gives the end of its log as one text, without times and without a place to go on
 * from: the place is found again by what was read last, and a line's time is that of reading. Which instance wrote
 * them is not said, so all of them come under the first.
 */
export async function* followAzureLogs(source: Source, reading: LogReading): AsyncGenerator<LogChunk> {
  const { client, inventory, ref } = source
  const { since, signal } = reading
  const instance = instanceOf(ref.replicaName)
  if (instance?.ordinal !== 1) return
  const path = `${inventory.deploymentPath(ref, instance.deployment)}/getLogs`
  let at: Place = since === null ? { lines: 0, last: '' } : place.parse(JSON.parse(since))
  for await (const { isOver } of looksAt(source, reading)) {
    const { fresh, lostLines, next } = newLines(await readTail(client, path, isOver, signal), at)
    if (fresh.length > 0) {
      at = next
      const timeMs = Date.now()
      const lines = fresh.map(text => ({ timeMs, stream: 'stdout' as const, text }))
      yield { position: JSON.stringify(at), lines, lostLines }
    }
  }
}

async function readTail(
  client: AzureClient,
  path: string,
  isOver: boolean,
  signal: AbortSignal,
): Promise<string[]> {
  const body = { containerType: 'InferenceServer', tail: TAIL }
  try {
    const { content } = await client.read(path, azureLogs, { method: 'POST', body, signal })
    const lines = (content ?? '').split('\n')
    // What stands behind the last newline is not whole yet.
    const last = lines.pop()
    return isOver && last ? [...lines, last] : lines
  } catch (error) {
    // One that is gone has no more to say.
    if (signal.aborted || (error instanceof AzureRefusal && (error.isMissing || error.isBusy))) return []
    throw error
  }
}

/** What of this end of a log was not read before. */
export function newLines(tail: readonly string[], at: Place, limit = TAIL) {
  const isWhole = tail.length < limit
  const begin = isWhole && isMarkAt(tail, at.lines, at.last) ? at.lines : searchMark(tail, at.last)
  const fresh = tail.slice(begin ?? 0)
  // Not found again: the container began anew, or more was written between two looks than is given.
  const isGap = begin === null && at.last !== '' && !isWhole
  const lines = (begin === null ? 0 : at.lines) + fresh.length
  return { fresh, lostLines: isGap ? 1 : 0, next: { lines, last: markOf(tail) } }
}

function searchMark(tail: readonly string[], last: string): number | null {
  if (last === '') return 0
  for (let end = tail.length; end > 0; end--) if (isMarkAt(tail, end, last)) return end
  return null
}

const isMarkAt = (tail: readonly string[], end: number, last: string): boolean =>
  end <= tail.length && markOf(tail.slice(0, end)) === last

const markOf = (lines: readonly string[]): string =>
  lines.length === 0
    ? ''
    : createHash('sha256').update(lines.slice(-MARK).join('\n')).digest('base64url').slice(0, 22)
