import { open, readFile, rename } from 'node:fs/promises'
import { linesOf, toBatch, type WireBatch } from '@/lib/domain/logs/batch'
import { type BlockEntry, compress, frameBytes, scanFrames } from './block'
import { encodeFrame, type FrameMeta } from './frame'
import { type SourceStates, splitPayload } from './payload'
import { type Segment, touch, writeIndex } from './segment'

const BLOCK_CHARACTERS = 256 * 1024
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
      bytes += frameBytes(entry)
    }
    const block = new Block()
    for (const frame of frames) {
      const { states: changed, batches } = splitPayload(frame.stored)
      Object.assign(states, changed)
      if (frame.entry.count > 0) newestMs = Math.max(newestMs, frame.entry.maxTimeMs)
      if (frame.entry.count > 0) block.add(frame.entry, batches)
      if (block.characters >= BLOCK_CHARACTERS) await write(...block.take({}))
    }
    // The positions go last, so that a log whose newest segment is a sealed one can still be continued.
    await write(...block.take(states))
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await touch(temporary, newestMs || Date.now())
  await rename(temporary, path)
  const sealed: Segment = {
    firstSeq: segment.firstSeq,
    path,
    kind: 'sealed',
    bytes,
    newestMs: newestMs || Date.now(),
    entries: entries.filter(entry => entry.count > 0),
  }
  await writeIndex(sealed, entries)
  return sealed
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
  characters = 0
  private meta = emptyMeta()
  private texts: string[] = []
  private small: WireBatch[] = []

  add(entry: FrameMeta, batches: readonly string[]): void {
    if (this.meta.count === 0) this.meta.firstSeq = entry.firstSeq
    this.meta.lastSeq = entry.lastSeq
    this.meta.count += entry.count
    this.meta.minTimeMs = Math.min(this.meta.minTimeMs, entry.minTimeMs)
    this.meta.maxTimeMs = Math.max(this.meta.maxTimeMs, entry.maxTimeMs)
    this.meta.levelMask |= entry.levelMask
    for (const json of batches) {
      this.characters += json.length
      const isSmall = entry.count < SMALL_BATCH_LINES
      if (isSmall) this.small.push(JSON.parse(json) as WireBatch)
      else {
        this.flushSmall()
        this.texts.push(json)
      }
      if (this.small.reduce((lines, batch) => lines + batch.lines.length, 0) >= 1_000) this.flushSmall()
    }
  }

  take(states: SourceStates): [FrameMeta, Buffer] {
    this.flushSmall()
    const taken: [FrameMeta, Buffer] = [
      this.meta,
      Buffer.from(`${[JSON.stringify(states), ...this.texts].join('\n')}\n`),
    ]
    this.meta = emptyMeta()
    this.texts = []
    this.characters = 0
    return taken
  }

  private flushSmall(): void {
    const first = this.small[0]?.first
    const last = this.small.at(-1)?.last
    if (first === undefined || last === undefined) return
    const lines = this.small.flatMap(linesOf)
    this.texts.push(JSON.stringify(toBatch(lines, { first, last })))
    this.small = []
  }
}
