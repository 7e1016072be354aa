import type { LogFilter } from '@/lib/domain/logs/filter'
import type { EndpointLog } from './endpoint-log'
import { scan, selectAfter } from './scan'
import { selectionOf } from './select-lines'

/** A reader whose filter lets nothing through still learns how far the log has come, at most this often. */
const QUIET_MS = 2_000
/**
 * Lines that come within this time reach a reader together: waking every reader for every write is what limits how
 * many there can be, so the more there are, the longer it is.
 */
const COALESCE_MS_PER_READER = 0.5
const MIN_COALESCE_MS = 4
const MAX_COALESCE_MS = 100
const coalesceMs = (readers: number): number =>
  Math.min(MAX_COALESCE_MS, Math.max(MIN_COALESCE_MS, readers * COALESCE_MS_PER_READER))

/**
 * Everything behind `after` as it is written, without end. The generator is pulled: a slow reader holds a number,
 * not a buffer, and finds what it missed in the segments.
 */
export async function* tail(
  log: EndpointLog,
  options: { after: number; filter: LogFilter },
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const selection = selectionOf(options.filter)
  // A number from the future (the data directory was replaced) would wait for ever.
  let cursor = Math.min(Math.max(options.after, 0), log.lastSeq)
  let saidAtMs = Date.now()
  log.readers += 1
  try {
    while (!signal.aborted) {
      if (cursor >= log.lastSeq) {
        await log.waitBeyond(cursor, signal)
        await pause(coalesceMs(log.readers), signal)
        continue
      }
      const recent = log.recent.after(cursor)
      if (!recent) {
        const to = log.lastSeq
        for await (const message of scan(log, forward(cursor + 1, to, options.filter), signal))
          if (!isProgress(message)) yield message
        cursor = to
        continue
      }
      for (const batch of recent) {
        const found = await selectAfter(selection, batch.bytes, cursor)
        cursor = batch.last
        if (!found || (found.lines === 0 && Date.now() - saidAtMs < QUIET_MS)) continue
        saidAtMs = Date.now()
        yield found.message
        if (signal.aborted) return
      }
    }
  } finally {
    log.readers -= 1
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

const PROGRESS = Buffer.from('{"type":"progress"')
const isProgress = (message: Buffer): boolean => message.subarray(0, PROGRESS.length).equals(PROGRESS)
