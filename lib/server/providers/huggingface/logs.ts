import { z } from 'zod'
import { type LookedAt, looksAt } from '../log-looks'
import type { LogChunk, LogReading } from '../port'
import { type HfLogEntry, hfLogs } from './answers'
import type { HfClient } from './client'
import { LogBell } from './log-bell'
import { HfRefusal } from './refusal'

/** The last instant that was read, and how many lines of that very instant. */
const place = z.object({ at: z.string(), lines: z.number().int().nonnegative() })
type Place = z.infer<typeof place>

const PAGE = 1_000

type Source = LookedAt & {
  client: HfClient
  /** `{namespace}/{name}` */
  endpoint: string
  replica: string
}

/**
 * The lines of one replica, by time: their stream of events cannot be resumed at a line, their history can; so that
 * tells when, and this what. A line that arrives there later than a younger one that was read already is missed;
 * nothing is read twice.
 */
export async function* followHfLogs(source: Source, reading: LogReading): AsyncGenerator<LogChunk> {
  const { client, endpoint, replica, pollMs } = source
  const events = `/v2/endpoint/${endpoint}/logs/sse?${new URLSearchParams({ replica, tail: '1' })}`
  const bell = reading.follow ? new LogBell(signal => client.listen(events, signal), pollMs) : null
  try {
    let at = reading.since === null ? null : place.parse(JSON.parse(reading.since))
    for await (const _look of looksAt(
      bell ? { ...source, pause: signal => bell.wait(signal) } : source,
      reading,
    ))
      for await (const { fresh, next } of newPages(source, at, reading.signal)) {
        at = next
        yield { position: JSON.stringify(at), lines: fresh.map(toLine), lostLines: 0 }
      }
  } finally {
    bell?.close()
  }
}

async function* newPages(source: Source, after: Place | null, signal: AbortSignal) {
  let at = after
  for (;;) {
    const entries = await readPage(source, at, signal)
    const fresh = at === null ? entries : entries.slice(countOf(entries, at))
    if (fresh.length === 0) return
    at = placeAfter(entries)
    yield { fresh, next: at }
    if (entries.length < PAGE) return
  }
}

async function readPage(
  { client, endpoint, replica }: Source,
  at: Place | null,
  signal: AbortSignal,
): Promise<HfLogEntry[]> {
  const query = new URLSearchParams({ order: 'asc', limit: String(PAGE + (at?.lines ?? 0)), replica })
  if (at) query.set('since', at.at)
  try {
    return await client.read(`/v3/endpoint/${endpoint}/logs?${query}`, hfLogs, { signal })
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
