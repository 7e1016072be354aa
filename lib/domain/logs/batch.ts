import { LOG_LEVELS, LOG_STREAMS, type LogLine, type NewLogLine } from './line'

/**
 * How lines are stored and travel: one JSON text per batch, written once by the collector and passed on as bytes
 * by every program between the disk and the browser. `first` and `last` come first so that a program that only
 * forwards can read them without parsing (`rangeOf`).
 */
export type WireBatch = {
  /** The batch accounts for every sequence number from `first` to `last`; a filter may have left some out. */
  first: number
  last: number
  /** Replica id and revision, referred to by index. */
  sources: [replicaId: string, revision: number][]
  /** What the lines' times count from; batches without it hold whole times. */
  sinceMs?: number
  lines: WireLine[]
  /** Sequence numbers of `lines` where they are not simply first, first + 1, …, last. */
  seqs?: number[]
}

type Extras = { cut?: number; more?: 1; dropped?: number }

/** Stream and level are indexes into their lists; level counts from 1, 0 is none. The time counts from `sinceMs`. */
export type WireLine =
  | [source: number, timeMs: number, stream: number, level: number, requestId: string | 0, text: string]
  | [
      source: number,
      timeMs: number,
      stream: number,
      level: number,
      requestId: string | 0,
      text: string,
      extras: Extras,
    ]

const LEVEL_CODE: Record<string, number> = Object.fromEntries(
  LOG_LEVELS.map((level, index) => [level, index + 1]),
)

export function wireLine(source: number, line: NewLogLine, sinceMs: number): WireLine {
  const stream = line.stream === 'stderr' ? 1 : 0
  const level = line.level === null ? 0 : (LEVEL_CODE[line.level] ?? 0)
  const { requestId, text, cutBytes, continues, dropped } = line
  const timeMs = line.timeMs - sinceMs
  if (cutBytes === undefined && continues === undefined && dropped === undefined)
    return [source, timeMs, stream, level, requestId ?? 0, text]
  const extras: Extras = {}
  if (cutBytes !== undefined) extras.cut = cutBytes
  if (continues) extras.more = 1
  if (dropped !== undefined) extras.dropped = dropped
  return [source, timeMs, stream, level, requestId ?? 0, text, extras]
}

/** Lines in any order; `range` where the batch accounts for more than it holds. */
export function toBatch(lines: readonly LogLine[], range: { first: number; last: number }): WireBatch {
  const sources: WireBatch['sources'] = []
  const indexes = new Map<string, number>()
  const sinceMs = lines[0]?.timeMs ?? 0
  const wire = lines.map(line => {
    const key = `${line.replicaId} ${line.revision}`
    let index = indexes.get(key)
    if (index === undefined) {
      index = sources.push([line.replicaId, line.revision]) - 1
      indexes.set(key, index)
    }
    return wireLine(index, line, sinceMs)
  })
  const isWhole =
    lines.length === range.last - range.first + 1 &&
    lines.every((line, index) => line.seq === range.first + index)
  const batch: WireBatch = { first: range.first, last: range.last, sources, sinceMs, lines: wire }
  if (!isWhole) batch.seqs = lines.map(line => line.seq)
  return batch
}

export function linesOf(batch: WireBatch): LogLine[] {
  const { sinceMs = 0 } = batch
  return batch.lines.map((wire, index) => {
    const [source, timeMs, stream, level, requestId, text, extras] = wire
    const [replicaId, revision] = batch.sources[source] ?? ['', 0]
    const line: LogLine = {
      seq: batch.seqs ? (batch.seqs[index] ?? 0) : batch.first + index,
      timeMs: sinceMs + timeMs,
      stream: LOG_STREAMS[stream] ?? 'stdout',
      level: LOG_LEVELS[level - 1] ?? null,
      requestId: requestId === 0 ? null : requestId,
      replicaId,
      revision,
      text,
    }
    if (extras?.cut !== undefined) line.cutBytes = extras.cut
    if (extras?.more) line.continues = true
    if (extras?.dropped !== undefined) line.dropped = extras.dropped
    return line
  })
}

/** The part of a batch behind `after`, or null where nothing is left. */
export function batchAfter(batch: WireBatch, after: number): WireBatch | null {
  if (after < batch.first) return batch
  if (after >= batch.last) return null
  const lines = linesOf(batch).filter(line => line.seq > after)
  return toBatch(lines, { first: after + 1, last: batch.last })
}

const RANGE = /^\{"first":(\d+),"last":(\d+),/

/** Sequence range of an encoded batch, read from its first bytes; null for any other message. */
export function rangeOf(json: string): { first: number; last: number } | null {
  const match = RANGE.exec(json)
  return match ? { first: Number(match[1]), last: Number(match[2]) } : null
}
