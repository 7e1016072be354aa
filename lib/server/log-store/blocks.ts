import { type FileHandle, open } from 'node:fs/promises'
import { type BlockEntry, readBlock } from './block'
import type { EndpointLog } from './endpoint-log'
import { hasBits, readGrams } from './grams'
import { batchesOf } from './payload'
import type { RawTest } from './raw-test'
import { entriesOf, gramsPath, type Segment } from './segment'

export type Order = 'asc' | 'desc'

/** Part of a log as read from disk: the batches that may be wanted, in ascending order. */
export type Read =
  | { kind: 'block'; firstSeq: number; lastSeq: number; timeMs: number; batches: Buffer[] }
  /** Was there when the reading began, and retention has removed it, or its bytes are damaged. */
  | { kind: 'missing'; firstSeq: number; lastSeq: number }

/**
 * False only where nothing in it is wanted: asked of an index entry, and of a payload as it was read. `bits` are those
 * (`grams.ts`) of which a block must have every one.
 */
export type Wants = {
  frame: (entry: BlockEntry) => boolean
  payload: RawTest
  bits: readonly number[]
}

/** The frames are read ahead by this many, so that inflating one and searching another overlap. */
const READ_AHEAD = 3
/** Small frames of the open segment are read together up to this size; blocks of sealed ones are larger. */
const RUN_BYTES = 256 * 1024

/** Everything with numbers in [from, to] that `wants` may hold matching lines, block by block. */
export async function* readBlocks(
  log: EndpointLog,
  range: { from: number; to: number },
  order: Order,
  wants: Wants,
): AsyncGenerator<Read> {
  let segment = startOf(log, range, order)
  while (segment) {
    const { firstSeq } = segment
    yield* readSegment(log, segment, range, order, wants)
    segment = nextOf(log.segments, firstSeq, range, order)
  }
}

function startOf(log: EndpointLog, range: { from: number; to: number }, order: Order) {
  const { segments } = log
  const before = segments.filter(segment => segment.firstSeq <= (order === 'asc' ? range.from : range.to))
  return before.at(-1) ?? (order === 'asc' ? segments[0] : undefined)
}

/** Looked up in the list as it is by then: a segment may have been sealed or removed meanwhile. */
function nextOf(
  segments: readonly Segment[],
  firstSeq: number,
  range: { from: number; to: number },
  order: Order,
): Segment | undefined {
  if (order === 'asc')
    return segments.find(segment => segment.firstSeq > firstSeq && segment.firstSeq <= range.to)
  const before = segments.filter(segment => segment.firstSeq < firstSeq).at(-1)
  return firstSeq > range.from ? before : undefined
}

async function* readSegment(
  log: EndpointLog,
  segment: Segment,
  range: { from: number; to: number },
  order: Order,
  wants: Wants,
): AsyncGenerator<Read> {
  const file = await openSegment(log, segment)
  const blocks = file.entries.filter(entry => entry.count > 0)
  const inRange = (entry: BlockEntry) => entry.lastSeq >= range.from && entry.firstSeq <= range.to
  const mayHold = await bitTest(segment, blocks.length, wants.bits)
  const wanted = blocks.filter((entry, index) => inRange(entry) && wants.frame(entry) && mayHold(index))
  const runs = joinAdjacent(wanted)
  if (order === 'desc') runs.reverse()
  const queue: Promise<Read>[] = []
  try {
    for (const run of runs) {
      queue.push(readRun(file.handle, run, wants))
      if (queue.length <= READ_AHEAD) continue
      const next = queue.shift()
      if (next) yield await next
    }
    for (let next = queue.shift(); next; next = queue.shift()) yield await next
  } finally {
    await Promise.allSettled(queue)
    await file.handle?.close()
  }
}

/** Whether the block of an index may hold these bits; of a segment that is still written nothing is known. */
async function bitTest(segment: Segment, blocks: number, bits: readonly number[]) {
  const isKnown = segment.kind === 'sealed' && bits.length > 0
  const grams = isKnown ? await readGrams(gramsPath(segment), blocks) : null
  return (index: number): boolean => grams === null || hasBits(grams, index, bits)
}

async function openSegment(
  log: EndpointLog,
  segment: Segment,
): Promise<{ handle: FileHandle | undefined; entries: BlockEntry[] }> {
  const handle = await open(segment.path, 'r').catch(() => undefined)
  const sealed = log.segments.find(other => other.firstSeq === segment.firstSeq && other !== segment)
  // Sealed in the moment between choosing and opening it: the same lines are in the new file.
  if (!handle && sealed) return openSegment(log, sealed)
  const entries = await entriesOf(segment).catch(() => [])
  return { handle, entries }
}

async function readRun(
  handle: FileHandle | undefined,
  run: readonly BlockEntry[],
  wants: Wants,
): Promise<Read> {
  const firstSeq = run[0]?.firstSeq ?? 0
  const lastSeq = run.at(-1)?.lastSeq ?? 0
  if (!handle) return { kind: 'missing', firstSeq, lastSeq }
  const batches: Buffer[] = []
  for (const entry of run) {
    const payload = await readBlock(handle, entry)
    if (payload && !wants.payload(payload, entry.levelMask)) continue
    if (payload) batches.push(...batchesOf(payload))
    else if (run.length === 1) return { kind: 'missing', firstSeq, lastSeq }
  }
  return { kind: 'block', firstSeq, lastSeq, timeMs: run[0]?.minTimeMs ?? 0, batches }
}

function joinAdjacent(entries: readonly BlockEntry[]): BlockEntry[][] {
  const runs: BlockEntry[][] = []
  let bytes = 0
  for (const entry of entries) {
    const run = runs.at(-1)
    bytes += entry.rawBytes
    if (run && bytes <= RUN_BYTES) run.push(entry)
    else {
      runs.push([entry])
      bytes = entry.rawBytes
    }
  }
  return runs
}
