import { batchAfter, toBatch } from '@/lib/domain/logs/batch'
import type { LogFilter } from '@/lib/domain/logs/filter'
import type { LogLine } from '@/lib/domain/logs/line'
import type { LogMessage } from '@/lib/domain/logs/message'
import { type Order, readBlocks } from './blocks'
import type { EndpointLog } from './endpoint-log'
import { batchIn, rangeIn } from './payload'
import { entriesOf } from './segment'
import { type Selection, selectionOf } from './select-lines'

export type ScanQuery = {
  /** Inclusive. */
  from: number
  to: number
  order: Order
  /** Stops after this many lines. */
  limit: number
  filter: LogFilter
}

const PROGRESS_EVERY_MS = 200

/** JSON text of a message and a newline, as stored batches have it: those leave as they are. */
const encode = (message: LogMessage): Buffer => Buffer.from(`${JSON.stringify(message)}\n`)

/**
 * Reads part of a log, oldest or newest first, and streams what matches as it is found. Ends with a `progress`
 * message that says how far it came.
 */
export async function* scan(log: EndpointLog, query: ScanQuery, signal: AbortSignal): AsyncGenerator<Buffer> {
  const selection = selectionOf(query.filter)
  try {
    yield* scanWith(selection, log, query, signal)
  } finally {
    await selection.close()
  }
}

async function* scanWith(
  selection: Selection,
  log: EndpointLog,
  query: ScanQuery,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const range = { from: Math.max(query.from, 1), to: Math.min(query.to, log.lastSeq) }
  const { order } = query
  let left = query.limit
  let saidAtMs = Date.now()
  let at: { seq: number; timeMs: number | null } = {
    seq: order === 'asc' ? range.from - 1 : range.to + 1,
    timeMs: null,
  }
  const progress = (done: boolean) =>
    encode({ type: 'progress', atSeq: at.seq, atMs: at.timeMs, matches: query.limit - left, done })

  const expired = await expiredOf(log, range, query.filter)
  if (order === 'asc' && expired) yield expired
  const wants = { frame: selection.wantsFrame, payload: selection.mayMatch, bits: selection.bits }
  for await (const read of readBlocks(log, range, order, wants)) {
    if (signal.aborted) return
    if (read.kind === 'missing') {
      yield encode({ type: 'gap', first: read.firstSeq, last: read.lastSeq })
      continue
    }
    const batches = order === 'asc' ? read.batches : read.batches.reverse()
    for (const batch of batches) {
      const found = await selectBatch(selection, batch, range, order, left)
      if (found) {
        left -= found.count
        yield found.message
        saidAtMs = Date.now()
        if (left <= 0) at = { seq: found.lastShown, timeMs: read.timeMs }
      }
      if (left <= 0 || signal.aborted) break
    }
    if (left <= 0) break
    at = { seq: order === 'asc' ? read.lastSeq : read.firstSeq, timeMs: read.timeMs }
    if (Date.now() - saidAtMs > PROGRESS_EVERY_MS) {
      saidAtMs = Date.now()
      yield progress(false)
    }
  }
  if (order === 'desc' && expired && left > 0) yield expired
  // Frames that could not match were not even read, so everything up to the bound is accounted for.
  if (left > 0) at = { seq: order === 'asc' ? range.to : range.from, timeMs: at.timeMs }
  yield progress(true)
}

/** The numbers that retention has removed of what was asked for; null where all of it is kept, or was written later. */
async function expiredOf(
  log: EndpointLog,
  { from }: { from: number },
  { since }: LogFilter,
): Promise<Buffer | null> {
  const [oldest] = log.segments
  const { firstSeq } = log
  if (!oldest || from >= firstSeq || firstSeq <= 1) return null
  const entries = await entriesOf(oldest).catch(() => [])
  const oldestMs = entries.find(entry => entry.count > 0)?.minTimeMs
  if (since !== undefined && oldestMs !== undefined && since >= oldestMs) return null
  return encode({ type: 'gap', first: from, last: firstSeq - 1 })
}

type Found = { message: Buffer; count: number; lastShown: number }

async function selectBatch(
  selection: Selection,
  batch: Buffer,
  range: { from: number; to: number },
  order: Order,
  limit: number,
): Promise<Found | null> {
  const held = rangeIn(batch)
  if (!held || held.last < range.from || held.first > range.to) return null
  const isInside = held.first >= range.from && held.last <= range.to
  const size = held.last - held.first + 1
  if (selection.isEverything && order === 'asc' && isInside && size <= limit)
    return { message: batch, count: size, lastShown: held.last }
  if (!selection.mayMatch(batch)) return null
  const selected = (await selection.select(batch)).filter(
    line => line.seq >= range.from && line.seq <= range.to,
  )
  if (selected.length === 0) return null
  const shown = (order === 'asc' ? selected : selected.reverse()).slice(0, limit)
  const lastShown = shown.at(-1)?.seq ?? 0
  const isCut = shown.length < selected.length
  const first = order === 'desc' && isCut ? lastShown : Math.max(held.first, range.from)
  const last = order === 'asc' && isCut ? lastShown : Math.min(held.last, range.to)
  return { message: encode(toBatch(shown, { first, last })), count: shown.length, lastShown }
}

/** The part of one batch that matches and lies behind `after`; null where the reader need not hear of it. */
export async function selectAfter(
  selection: Selection,
  batch: Buffer,
  after: number,
): Promise<{ message: Buffer; lines: number } | null> {
  const held = rangeIn(batch)
  if (!held || held.last <= after) return null
  if (selection.isEverything) {
    if (held.first > after) return { message: batch, lines: held.last - held.first + 1 }
    const rest = batchAfter(batchIn(batch), after)
    return rest && { message: encode(rest), lines: rest.texts.length }
  }
  const lines: LogLine[] = selection.mayMatch(batch)
    ? (await selection.select(batch)).filter(line => line.seq > after)
    : []
  return {
    message: encode(toBatch(lines, { first: Math.max(held.first, after + 1), last: held.last })),
    lines: lines.length,
  }
}
