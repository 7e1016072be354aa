import { open, readFile, rename } from 'node:fs/promises'
import { linesOf, toBatch, type WireBatch } from '@/lib/domain/logs/batch'
import { type BlockEntry, compress, frameBytes, scanFrames } from './block'
import { encodeFrame, type FrameMeta } from './frame'
import { gramsOf, writeGrams } from './grams'
import { batchesOf, batchIn, type SourceStates, statesOf } from './payload'
import { gramsPath, type Segment, tallyOf, touch, writeIndex } from './segment'

const BLOCK_BYTES = 512 * 1024
/** Batches smaller than this are joined: a quiet log is written a line at a time. */
const SMALL_BATCH_LINES = 200

/**
 * Rewrites a full segment as compressed blocks with an index. The original is the caller's to remove, once readers
 * are sent to the new one; a crash before that leaves both, and the sealed one counts.
 */
export async function seal(segment: Segment): Promise<Segment> {
  const { frames } = scanFrames(await readFile(segment.path))
  const path = segment.path.replace(/\.open$/, '.sealed')
  const temporary = `${path}.tmp`
  const states: SourceStates = {}
  const entries: BlockEntry[] = []
  const grams: Buffer[] = []
  let newestMs = 0
  let bytes = 0
  const handle = await open(temporary, 'w', 0o600)
  try {
    const write = async (meta: FrameMeta, payload: Buffer) => {
      const options = { rawBytes: payload.length, deflated: true }
      const stored = await compress(payload)
      await handle.write(encodeFrame(meta, stored, options), 0, undefined, bytes)
      const entry = { ...meta, ...options, storedBytes: stored.length, offset: bytes }
      entries.push(entry)
      if (entry.count > 0) grams.push(gramsOf(payload))
      bytes += frameBytes(entry)
    }
    const block = new Block()
    for (const frame of frames) {
      Object.assign(states, statesOf(frame.stored))
      if (frame.entry.count > 0) newestMs = Math.max(newestMs, frame.entry.maxTimeMs)
      if (frame.entry.count > 0) block.add(frame.entry, batchesOf(frame.stored))
      if (block.bytes >= BLOCK_BYTES) await write(...block.take({}))
    }
    // The positions go last, so that a log whose newest segment is a sealed one can still be continued.
    await write(...block.take(states))
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await touch(temporary, newestMs || Date.now())
  await rename(temporary, path)
  const tally = await tallyOf(segment)
  const sideBytes =
    (await writeIndex({ path }, { entries, tally })) + (await writeGrams(gramsPath({ path }), grams))
  return {
    firstSeq: segment.firstSeq,
    path,
    kind: 'sealed',
    bytes: bytes + sideBytes,
    newestMs: newestMs || Date.now(),
    entries: entries.filter(entry => entry.count > 0),
    tally,
  }
}

const emptyMeta = (): FrameMeta => ({
  firstSeq: 0,
  lastSeq: -1,
  count: 0,
  minTimeMs: Number.POSITIVE_INFINITY,
  maxTimeMs: Number.NEGATIVE_INFINITY,
  levelMask: 0,
})

/** Collects frames until they are worth compressing. */
class Block {
  bytes = 0
  private meta = emptyMeta()
  private parts: Buffer[] = []
  private small: WireBatch[] = []
  private smallLines = 0

  add(entry: FrameMeta, batches: readonly Buffer[]): void {
    if (this.meta.count === 0) this.meta.firstSeq = entry.firstSeq
    this.meta.lastSeq = entry.lastSeq
    this.meta.count += entry.count
    this.meta.minTimeMs = Math.min(this.meta.minTimeMs, entry.minTimeMs)
    this.meta.maxTimeMs = Math.max(this.meta.maxTimeMs, entry.maxTimeMs)
    this.meta.levelMask |= entry.levelMask
    for (const batch of batches) {
      this.bytes += batch.length
      if (entry.count < SMALL_BATCH_LINES) {
        const read = batchIn(batch)
        this.small.push(read)
        this.smallLines += read.texts.length
      } else {
        this.flushSmall()
        this.parts.push(batch)
      }
      if (this.smallLines >= 1_000) this.flushSmall()
    }
  }

  take(states: SourceStates): [FrameMeta, Buffer] {
    this.flushSmall()
    const taken: [FrameMeta, Buffer] = [
      this.meta,
      Buffer.concat([Buffer.from(`${JSON.stringify(states)}\n`), ...this.parts]),
    ]
    this.meta = emptyMeta()
    this.parts = []
    this.bytes = 0
    return taken
  }

  private flushSmall(): void {
    const first = this.small[0]?.first
    const last = this.small.at(-1)?.last
    if (first === undefined || last === undefined) return
    const lines = this.small.flatMap(linesOf)
    this.parts.push(Buffer.from(`${JSON.stringify(toBatch(lines, { first, last }))}\n`))
    this.small = []
    this.smallLines = 0
  }
}
