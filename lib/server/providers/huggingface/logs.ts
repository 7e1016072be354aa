import { z } from 'zod'
import { type LookedAt, looksAt } from '../log-looks'
import type { LogChunk, LogReading } from '../port'
import { type HfLogEntry, hfLogs } from './answers'
import type { HfClient } from './client'
import { HfRefusal } from './refusal'

/** The last instant that was read, and how many lines of that very instant. */
const place = z.object({ at: z.string(), lines: z.number().int().nonnegative() })
type Place = z.infer<typeof place>

const PAGE = 1_000

type Source = LookedAt & {
  client: HfClient
  /** `/v3/endpoint/{namespace}/{name}/logs` */
  path: string
  replica: string
}

/**
 * The lines of one replica, by time: their stream of events cannot be resumed at a line, their history can. A line
 * that arrives there later than a younger one that was read already is missed; nothing is read twice.
 */
export async function* followHfLogs(source: Source, reading: LogReading): AsyncGenerator<LogChunk> {
  const { client, path, replica } = source
  const { since, signal } = reading
  let at = since === null ? null : place.parse(JSON.parse(since))
  for await (const _look of looksAt(source, reading)) {
    for (;;) {
      const entries = await readPage(client, path, replica, at, signal)
      const fresh = at === null ? entries : entries.slice(countOf(entries, at))
      if (fresh.length > 0) {
        at = placeAfter(entries)
        yield { position: JSON.stringify(at), lines: fresh.map(toLine), lostLines: 0 }
      }
      if (entries.length < PAGE || fresh.length === 0) break
    }
  }
}

async function readPage(
  client: HfClient,
  path: string,
  replica: string,
  at: Place | null,
  signal: AbortSignal,
): Promise<HfLogEntry[]> {
  const query = new URLSearchParams({ order: 'asc', limit: String(PAGE + (at?.lines ?? 0)), replica })
  if (at) query.set('since', at.at)
  try {
    return await client.read(`${path}?${query}`, hfLogs, { signal })
  } catch (error) {
    // An endpoint that is gone has no more to say.
    if (signal.aborted || (error instanceof HfRefusal && error.status === 404)) return []
    throw error
  }
}

/** How many of these were read before: those of the last instant come again. */
function countOf(entries: readonly HfLogEntry[], at: Place): number {
  const instant = Date.parse(at.at)
  let repeated = 0
  while (repeated < at.lines && Date.parse(entries[repeated]?.timestamp ?? '') === instant) repeated++
  return repeated
}

function placeAfter(entries: readonly HfLogEntry[]): Place {
  const at = entries.at(-1)?.timestamp ?? ''
  return { at, lines: entries.filter(entry => entry.timestamp === at).length }
}

const toLine = ({ timestamp, line, stream }: HfLogEntry): LogChunk['lines'][number] => ({
  timeMs: Date.parse(timestamp),
  stream,
  text: Buffer.from(line),
})
