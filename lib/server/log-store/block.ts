import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw, type ZlibOptions } from 'node:zlib'
import { FRAME_HEADER_BYTES, type FrameHeader, MAGIC_BYTES, readFrame, readHeader } from './frame'

/** Of the packed form of a block; a larger one takes a second go. */
const OUTPUT_BYTES = 128 * 1024
/** The least zlib accepts. */
const MIN_OUTPUT_BYTES = 64

type Pack = (data: Buffer, options: ZlibOptions) => Promise<Buffer>
const inflateIn: Pack = promisify(inflateRaw)
const deflateIn: Pack = promisify(deflateRaw)

/** Level 1: three times faster than the default for a tenth more bytes, and logs come fast. */
export const compress = (payload: Buffer): Promise<Buffer> =>
  deflateIn(payload, { level: 1, chunkSize: OUTPUT_BYTES })

/** In one go where the size is known: by default every 16 KiB of output is a round trip to another thread. */
export const inflate = (stored: Buffer, rawBytes: number): Promise<Buffer> =>
  inflateIn(stored, { chunkSize: Math.max(rawBytes, MIN_OUTPUT_BYTES) })

/** One entry of a segment's index: where a frame is and what it holds. */
export type BlockEntry = FrameHeader & { offset: number }

export const frameBytes = (entry: FrameHeader): number => FRAME_HEADER_BYTES + entry.storedBytes

/** The raw payload of a frame, or null when its bytes on disk no longer fit their checksum. */
export async function readBlock(handle: FileHandle, entry: BlockEntry): Promise<Buffer | null> {
  const bytes = Buffer.allocUnsafe(frameBytes(entry))
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, entry.offset)
  const frame = readFrame(bytes.subarray(0, bytesRead), 0)
  if (!frame) return null
  return frame.header.deflated ? await inflate(frame.stored, frame.header.rawBytes) : frame.stored
}

/**
 * Every whole frame of a segment that was being written. What does not check out in the middle is stepped over; what
 * does not at the end is a torn record: `validBytes` is where it begins.
 */
export function scanFrames(bytes: Buffer): {
  frames: { entry: BlockEntry; stored: Buffer }[]
  validBytes: number
} {
  const frames: { entry: BlockEntry; stored: Buffer }[] = []
  let offset = 0
  let validBytes = 0
  while (offset < bytes.length) {
    const frame = readFrame(bytes, offset)
    if (!frame) {
      const next = bytes.indexOf(MAGIC_BYTES, offset + 1)
      if (next === -1) break
      offset = next
      continue
    }
    frames.push({ entry: { ...frame.header, offset }, stored: frame.stored })
    offset += frameBytes(frame.header)
    validBytes = offset
  }
  return { frames, validBytes }
}

/** The index of a sealed segment from its headers alone, where its index file is missing. */
export async function walkHeaders(handle: FileHandle): Promise<BlockEntry[]> {
  const entries: BlockEntry[] = []
  const head = Buffer.allocUnsafe(FRAME_HEADER_BYTES)
  for (let offset = 0; ; ) {
    const { bytesRead } = await handle.read(head, 0, FRAME_HEADER_BYTES, offset)
    const header = bytesRead === FRAME_HEADER_BYTES ? readHeader(head, 0) : null
    if (!header) return entries
    entries.push({ ...header, offset })
    offset += frameBytes(header)
  }
}
