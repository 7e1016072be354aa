import { LOG_LEVELS, LOG_STREAMS, type LogLine, type NewLogLine, type NewLogLines } from './line'

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
  /** What the heads' times count from. */
  sinceMs: number
  /** Lines in a row mostly differ in their texts alone; what else there is to say of them is said once for all. */
  heads: WireHead[]
  texts: string[]
  /** What few lines have, by index. */
  extras?: Record<string, Extras>
  /** Sequence numbers of the lines where they are not simply first, first + 1, …, last. */
  seqs?: number[]
}

/** Stream and level are indexes into their lists; level counts from 1, 0 is none. */
export type WireHead = [
  lines: number,
  source: number,
  timeMs: number,
  stream: number,
  level: number,
  requestId: string | 0,
]

type Extras = { cut?: number; more?: 1; dropped?: number }

const LEVEL_CODE: Record<string, number> = Object.fromEntries(
  LOG_LEVELS.map((level, index) => [level, index + 1]),
)
export const levelCode = (level: NewLogLine['level']): number =>
  level === null ? 0 : (LEVEL_CODE[level] ?? 0)

/** Puts lines into a batch, one after the other. */
export class BatchBuilder {
  readonly batch: WireBatch
  private head: WireHead | undefined
  private source = -1

  constructor(first: number, sinceMs: number) {
    this.batch = { first, last: first - 1, sources: [], sinceMs, heads: [], texts: [] }
  }

  add(replicaId: string, revision: number, lines: NewLogLines): void {
    const source = this.sourceOf(replicaId, revision)
    const timeMs = lines.timeMs - this.batch.sinceMs
    const stream = lines.stream === 'stderr' ? 1 : 0
    const level = levelCode(lines.level)
    const requestId = lines.requestId ?? 0
    const count = lines.texts.length
    const { head } = this
    const isLikeLast =
      head &&
      head[1] === source &&
      head[2] === timeMs &&
      head[3] === stream &&
      head[4] === level &&
      head[5] === requestId
    if (isLikeLast) head[0] += count
    else {
      this.head = [count, source, timeMs, stream, level, requestId]
      this.batch.heads.push(this.head)
    }
    const { texts } = this.batch
    const extras = extrasOf(lines)
    if (extras) this.batch.extras ??= {}
    for (const text of lines.texts) {
      if (extras && this.batch.extras) this.batch.extras[texts.length] = extras
      texts.push(text)
    }
    this.batch.last += count
  }

  /** Nearly always the last line's. */
  private sourceOf(replicaId: string, revision: number): number {
    const { sources } = this.batch
    const last = sources[this.source]
    if (last && last[0] === replicaId && last[1] === revision) return this.source
    const known = sources.findIndex(source => source[0] === replicaId && source[1] === revision)
    this.source = known >= 0 ? known : sources.push([replicaId, revision]) - 1
    return this.source
  }
}

function extrasOf({ cutBytes, continues, dropped }: NewLogLines): Extras | null {
  if (cutBytes === undefined && continues === undefined && dropped === undefined) return null
  const extras: Extras = {}
  if (cutBytes !== undefined) extras.cut = cutBytes
  if (continues) extras.more = 1
  if (dropped !== undefined) extras.dropped = dropped
  return extras
}

/** Lines in any order; `range` where the batch accounts for more than it holds. */
export function toBatch(lines: readonly LogLine[], range: { first: number; last: number }): WireBatch {
  const builder = new BatchBuilder(range.first, lines[0]?.timeMs ?? 0)
  for (const line of lines) builder.add(line.replicaId, line.revision, { ...line, texts: [line.text] })
  const { batch } = builder
  const isWhole = batch.last === range.last && lines.every((line, index) => line.seq === range.first + index)
  batch.last = range.last
  if (!isWhole) batch.seqs = lines.map(line => line.seq)
  return batch
}

export function linesOf(batch: WireBatch): LogLine[] {
  const lines: LogLine[] = []
  for (const [count, source, timeMs, stream, level, requestId] of batch.heads) {
    const [replicaId, revision] = batch.sources[source] ?? ['', 0]
    for (const end = lines.length + count; lines.length < end; ) {
      const index = lines.length
      const line: LogLine = {
        seq: batch.seqs ? (batch.seqs[index] ?? 0) : batch.first + index,
        timeMs: batch.sinceMs + timeMs,
        stream: LOG_STREAMS[stream] ?? 'stdout',
        level: LOG_LEVELS[level - 1] ?? null,
        requestId: requestId === 0 ? null : requestId,
        replicaId,
        revision,
        text: batch.texts[index] ?? '',
      }
      const extras = batch.extras?.[index]
      if (extras?.cut !== undefined) line.cutBytes = extras.cut
      if (extras?.more) line.continues = true
      if (extras?.dropped !== undefined) line.dropped = extras.dropped
      lines.push(line)
    }
  }
  return lines
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
