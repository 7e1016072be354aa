import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { mergeTally, type Tally } from '@/lib/domain/logs/density'
import { encodeFrame } from './frame'
import type { Encoded } from './payload'
import { type Segment, segmentName } from './segment'

/** How long written lines may sit in the operating system's memory; only a power cut can lose those. */
const SYNC_EVERY_MS = 1_000

/** What is in it already. */
type Held = { entries: NonNullable<Segment['entries']>; tally: Tally; bytes: number }

/** The segment being written. One writer, whole frames, at a known place. */
export class OpenSegment {
  readonly segment: Segment & { entries: NonNullable<Segment['entries']>; tally: Tally }
  private handle: FileHandle | undefined
  private syncedAtMs = Date.now()
  /** Set where a failed write could not be taken back: nothing may be written behind it. */
  broken = false

  constructor(path: string, firstSeq: number, held: Held) {
    this.segment = { firstSeq, path, kind: 'open', newestMs: Date.now(), ...held }
  }

  static async create(folder: string, firstSeq: number): Promise<OpenSegment> {
    const path = join(folder, segmentName(firstSeq, 'open'))
    const made = new OpenSegment(path, firstSeq, { entries: [], tally: new Map(), bytes: 0 })
    // A file of that name can only be one that never got a line.
    made.handle = await open(path, 'w', 0o600)
    return made
  }

  /** Appends one frame. On failure the file is as before. */
  async append({ meta, payload, tally }: Pick<Encoded, 'meta' | 'payload' | 'tally'>): Promise<void> {
    this.handle ??= await open(this.segment.path, 'r+')
    const frame = encodeFrame(meta, payload, { rawBytes: payload.length, deflated: false })
    const offset = this.segment.bytes
    try {
      await writeAll(this.handle, frame, offset)
    } catch (error) {
      await this.handle.truncate(offset).catch(() => {
        this.broken = true
      })
      throw error
    }
    this.segment.bytes += frame.length
    this.segment.newestMs = Date.now()
    this.segment.entries.push({
      ...meta,
      offset,
      storedBytes: payload.length,
      rawBytes: payload.length,
      deflated: false,
    })
    mergeTally(this.segment.tally, tally)
    this.syncSometimes()
  }

  async close(): Promise<void> {
    await this.handle?.datasync().catch(() => {})
    await this.handle?.close()
    this.handle = undefined
  }

  private syncSometimes(): void {
    const now = Date.now()
    if (now - this.syncedAtMs < SYNC_EVERY_MS) return
    this.syncedAtMs = now
    // A failure here is the disk's, and the next write reports it.
    this.handle?.datasync().catch(() => {})
  }
}

/** `write` may take less than it was given: on a nearly full disk it does. */
async function writeAll(handle: FileHandle, bytes: Buffer, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done)
    done += bytesWritten
  }
}
