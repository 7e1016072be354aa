import { crc32 } from 'node:zlib'

/**
 * The record of a segment file. Everything behind the checksum field is covered by it, so a record is either read
 * whole or not at all: lines and the source position behind them can never come apart.
 *
 *     0 magic   4 crc32   8 stored bytes   12 raw bytes   16 flags   18 level mask   20 line count
 *    24 first sequence   32 last sequence   40 earliest time   48 latest time   56 payload
 */
export const FRAME_HEADER_BYTES = 56
const MAGIC = 0x324c5753 // "SWL2"
const DEFLATED = 1

export const MAGIC_BYTES = Buffer.from([0x53, 0x57, 0x4c, 0x32])

export type FrameMeta = {
  firstSeq: number
  /** `firstSeq - 1` in a frame that holds positions only. */
  lastSeq: number
  count: number
  minTimeMs: number
  maxTimeMs: number
  /** Bit per level code (`levelCode`), so that a search for errors skips frames that have none. */
  levelMask: number
}

/**
 * Two more bits of the mask, above the levels': there are markers of missing lines, there are escape sequences. What
 * looks for text need not look for those in frames that have none.
 */
export const HAS_MARKERS = 1 << 15
export const HAS_ESCAPES = 1 << 14

export type FrameHeader = FrameMeta & { storedBytes: number; rawBytes: number; deflated: boolean }

export function encodeFrame(
  meta: FrameMeta,
  stored: Buffer,
  options: { rawBytes: number; deflated: boolean },
): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + stored.length)
  frame.writeUInt32LE(MAGIC, 0)
  frame.writeUInt32LE(stored.length, 8)
  frame.writeUInt32LE(options.rawBytes, 12)
  frame.writeUInt16LE(options.deflated ? DEFLATED : 0, 16)
  frame.writeUInt16LE(meta.levelMask, 18)
  frame.writeUInt32LE(meta.count, 20)
  frame.writeDoubleLE(meta.firstSeq, 24)
  frame.writeDoubleLE(meta.lastSeq, 32)
  frame.writeDoubleLE(meta.minTimeMs, 40)
  frame.writeDoubleLE(meta.maxTimeMs, 48)
  stored.copy(frame, FRAME_HEADER_BYTES)
  frame.writeUInt32LE(crc32(frame.subarray(8)), 4)
  return frame
}

/** The header at `offset`, unchecked but for its magic; null where there is none. */
export function readHeader(bytes: Buffer, offset: number): FrameHeader | null {
  if (offset + FRAME_HEADER_BYTES > bytes.length || bytes.readUInt32LE(offset) !== MAGIC) return null
  return {
    storedBytes: bytes.readUInt32LE(offset + 8),
    rawBytes: bytes.readUInt32LE(offset + 12),
    deflated: (bytes.readUInt16LE(offset + 16) & DEFLATED) !== 0,
    levelMask: bytes.readUInt16LE(offset + 18),
    count: bytes.readUInt32LE(offset + 20),
    firstSeq: bytes.readDoubleLE(offset + 24),
    lastSeq: bytes.readDoubleLE(offset + 32),
    minTimeMs: bytes.readDoubleLE(offset + 40),
    maxTimeMs: bytes.readDoubleLE(offset + 48),
  }
}

/** The whole frame at `offset` when it is complete and its checksum holds. */
export function readFrame(bytes: Buffer, offset: number): { header: FrameHeader; stored: Buffer } | null {
  const header = readHeader(bytes, offset)
  if (!header) return null
  const end = offset + FRAME_HEADER_BYTES + header.storedBytes
  if (end > bytes.length) return null
  if (crc32(bytes.subarray(offset + 8, end)) !== bytes.readUInt32LE(offset + 4)) return null
  return { header, stored: bytes.subarray(offset + FRAME_HEADER_BYTES, end) }
}
