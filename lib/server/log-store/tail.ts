import { rangeOf } from '@/lib/domain/logs/batch'
import type { LogFilter } from '@/lib/domain/logs/filter'
import type { EndpointLog } from './endpoint-log'
import { scan, selectAfter } from './scan'
import { selectionOf } from './select-lines'

/** A reader whose filter lets nothing through still learns how far the log has come, at most this often. */
const QUIET_MS = 2_000
/** Lines that come within this time reach a reader together; 200 readers would otherwise be woken per write. */
const COALESCE_MS = 40

/**
 * Everything behind `after` as it is written, without end. The generator is pulled: a slow reader holds a number,
 * not a buffer, and finds what it missed in the segments.
 */
export async function* tail(
  log: EndpointLog,
  options: { after: number; filter: LogFilter },
  signal: AbortSignal,
): AsyncGenerator<string> {
  const selection = selectionOf(options.filter)
  // A number from the future (the data directory was replaced) would wait for ever.
  let cursor = Math.min(Math.max(options.after, 0), log.lastSeq)
  let saidAtMs = Date.now()
  try {
    while (!signal.aborted) {
      if (cursor >= log.lastSeq) {
        await log.waitBeyond(cursor, signal)
        await pause(COALESCE_MS, signal)
        continue
      }
      const recent = log.recent.after(cursor)
      if (!recent) {
        const to = log.lastSeq
        for await (const json of scan(log, forward(cursor + 1, to, options.filter), signal))
          if (!json.startsWith('{"type":"progress"')) yield json
        cursor = to
        continue
      }
      for (const batch of recent) {
        const found = await selectAfter(
          selection,
          batch.bytes.toString('utf8', 0, batch.bytes.length - 1),
          cursor,
        )
        cursor = batch.last
        if (!found || (found.lines === 0 && Date.now() - saidAtMs < QUIET_MS)) continue
        saidAtMs = Date.now()
        yield found.json
        if (signal.aborted) return
      }
    }
  } finally {
    await selection.close()
  }
}

const forward = (from: number, to: number, filter: LogFilter) => ({
  from,
  to,
  filter,
  order: 'asc' as const,
  limit: Number.POSITIVE_INFINITY,
})

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}

/** The last number a message accounts for: the id under which a reader can resume behind it. */
export const resumeId = (json: string): number | null => rangeOf(json)?.last ?? null
