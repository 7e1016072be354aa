import { BatchBuilder, levelCode, rangeOf, type WireBatch } from '@/lib/domain/logs/batch'
import { type Tally, tallyBatch } from '@/lib/domain/logs/density'
import type { NewLogLines } from '@/lib/domain/logs/line'
import { type FrameMeta, HAS_ESCAPES } from './frame'

/**
 * Where reading a replica goes on: the provider's own position and whatever else the collector must remember. Kept
 * as it came; the store does not look inside.
 */
export type SourceState = { position: string | null; carry: unknown }
export type SourceStates = Record<string, SourceState>

/** Readers get batches whole; this bounds how much one is. */
const BATCH_LINES = 2_000
const BATCH_CHARACTERS = 128 * 1024

/** Lines of one replica, ready for their numbers. */
export type Run = { replicaId: string; revision: number; lines: readonly NewLogLines[] }

/**
 * Merges runs by time. Within a replica the order it wrote in stands, whatever its clock says; a replica's lines
 * are only moved against those of others.
 */
export function mergeRuns(runs: readonly Run[]): { run: Run; lines: NewLogLines }[] {
  const heads = runs.map(run => ({ run, at: 0 }))
  const merged: { run: Run; lines: NewLogLines }[] = []
  for (;;) {
    let best: { run: Run; at: number } | undefined
    let earliest: NewLogLines | undefined
    for (const head of heads) {
      const lines = head.run.lines[head.at]
      if (lines && (!earliest || lines.timeMs < earliest.timeMs)) {
        best = head
        earliest = lines
      }
    }
    if (!best || !earliest) return merged
    merged.push({ run: best.run, lines: earliest })
    best.at += 1
  }
}

export type Encoded = { meta: FrameMeta; payload: Buffer; batches: EncodedBatch[]; tally: Tally }
/** `bytes` is the JSON text and a newline: a view into the payload, shared by every reader. */
export type EncodedBatch = { first: number; last: number; bytes: Buffer }

/** Numbers the lines from `firstSeq` and writes them as the payload of one frame: states, then batches. */
export function encodePayload(firstSeq: number, runs: readonly Run[], states: SourceStates): Encoded {
  const writer = new PayloadWriter(firstSeq)
  const [single] = runs
  if (single && runs.length === 1) for (const lines of single.lines) writer.add(single, lines)
  else for (const { run, lines } of mergeRuns(runs)) writer.add(run, lines)
  const texts = writer.end()
  return { ...assemble(writer.meta, states, texts), tally: writer.tally }
}

class PayloadWriter {
  readonly meta: FrameMeta
  readonly tally: Tally = new Map()
  private texts: { first: number; last: number; json: string }[] = []
  private open: BatchBuilder | null = null
  private characters = 0

  constructor(firstSeq: number) {
    this.meta = {
      firstSeq,
      lastSeq: firstSeq - 1,
      count: 0,
      minTimeMs: Number.POSITIVE_INFINITY,
      maxTimeMs: Number.NEGATIVE_INFINITY,
      levelMask: 0,
    }
  }

  add({ replicaId, revision }: Run, lines: NewLogLines): void {
    const { meta } = this
    if (!this.open || this.open.batch.texts.length >= BATCH_LINES || this.characters > BATCH_CHARACTERS) {
      this.close()
      this.open = new BatchBuilder(meta.lastSeq + 1, lines.timeMs)
      this.characters = 0
    }
    this.open.add(replicaId, revision, lines)
    for (const text of lines.texts) this.characters += text.length
    meta.lastSeq += lines.texts.length
    meta.count += lines.texts.length
    if (lines.timeMs < meta.minTimeMs) meta.minTimeMs = lines.timeMs
    if (lines.timeMs > meta.maxTimeMs) meta.maxTimeMs = lines.timeMs
    meta.levelMask |= levelBit(levelCode(lines.level), lines.dropped !== undefined)
  }

  end(): { first: number; last: number; json: string }[] {
    this.close()
    return this.texts
  }

  private close(): void {
    const { open } = this
    this.open = null
    if (!open) return
    tallyBatch(this.tally, open.batch)
    this.texts.push({ first: open.batch.first, last: open.batch.last, json: JSON.stringify(open.batch) })
  }
}

/** A marker matches every filter of levels, so it sets every bit, its own too. */
const levelBit = (code: number, isMarker: boolean): number => (isMarker ? 0xffff : 1 << code)

function assemble(
  meta: FrameMeta,
  states: SourceStates,
  texts: readonly { first: number; last: number; json: string }[],
): Omit<Encoded, 'tally'> {
  const head = Buffer.from(`${JSON.stringify(states)}\n`)
  const parts = texts.map(({ json }) => Buffer.from(`${json}\n`))
  const payload = Buffer.concat([head, ...parts])
  if (payload.includes(ESCAPE)) meta.levelMask |= HAS_ESCAPES
  let at = head.length
  const batches = texts.map(({ first, last }, index) => {
    const from = at
    at += parts[index]?.length ?? 0
    return { first, last, bytes: payload.subarray(from, at) }
  })
  return { meta, payload, batches }
}

const NEWLINE = 10
/** As JSON spells it. */
export const ESCAPE = Buffer.from('\\u001b')

/** The positions a raw payload begins with. */
export const statesOf = (payload: Buffer): SourceStates =>
  JSON.parse(payload.toString('utf8', 0, payload.indexOf(NEWLINE))) as SourceStates

/** The batches of a raw payload, each a JSON text with its newline: views, nothing is copied or decoded. */
export function batchesOf(payload: Buffer): Buffer[] {
  const batches: Buffer[] = []
  let from = payload.indexOf(NEWLINE) + 1
  for (let end = payload.indexOf(NEWLINE, from); end >= 0; end = payload.indexOf(NEWLINE, from)) {
    batches.push(payload.subarray(from, end + 1))
    from = end + 1
  }
  return batches
}

export const batchIn = (bytes: Buffer): WireBatch => JSON.parse(bytes.toString('utf8')) as WireBatch

/** `rangeOf` of a batch in bytes; both numbers stand within this much of it. */
const RANGE_BYTES = 64
export const rangeIn = (bytes: Buffer): ReturnType<typeof rangeOf> =>
  rangeOf(bytes.toString('latin1', 0, RANGE_BYTES))

/** Counts the lines of a raw payload. */
export function tallyPayload(tally: Tally, payload: Buffer): void {
  for (const batch of batchesOf(payload)) tallyBatch(tally, batchIn(batch))
}
