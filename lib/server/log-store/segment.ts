import { type FileHandle, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { type BlockEntry, compress, inflate, scanFrames, walkHeaders } from './block'
import { encodeFrame, readFrame } from './frame'

/**
 * One file of a log. `open` is being written: small raw frames, index in memory. `sealed` never changes again:
 * compressed blocks and an index file beside it.
 */
export type Segment = {
  firstSeq: number
  path: string
  kind: 'open' | 'sealed'
  bytes: number
  /** When its newest line was written. */
  newestMs: number
  /** Null until somebody reads it. */
  entries: BlockEntry[] | null
}

const DIGITS = 16
export const segmentName = (firstSeq: number, kind: Segment['kind']): string =>
  `${String(firstSeq).padStart(DIGITS, '0')}.${kind}`

export function parseSegmentName(name: string): { firstSeq: number; kind: Segment['kind'] } | null {
  const match = /^(\d{16})\.(open|sealed)$/.exec(name)
  if (!match) return null
  return { firstSeq: Number(match[1]), kind: match[2] === 'open' ? 'open' : 'sealed' }
}

export const indexPath = (segment: Pick<Segment, 'path'>): string => segment.path.replace(/\.\w+$/, '.index')

export async function sealedSegment(path: string, firstSeq: number): Promise<Segment> {
  const { size, mtimeMs } = await stat(path)
  return { firstSeq, path, kind: 'sealed', bytes: size, newestMs: mtimeMs, entries: null }
}

/** The sparse index of a segment; of a sealed one read on first use, and rebuilt where it is missing or damaged. */
export async function entriesOf(segment: Segment): Promise<BlockEntry[]> {
  if (segment.entries) return segment.entries
  const stored = await readIndex(indexPath(segment))
  segment.entries = stored ?? (await withFile(segment.path, walkHeaders))
  return segment.entries
}

async function readIndex(path: string): Promise<BlockEntry[] | null> {
  const bytes = await readFile(path).catch(() => null)
  const frame = bytes ? readFrame(bytes, 0) : null
  if (!frame) return null
  const json = (await inflate(frame.stored, frame.header.rawBytes)).toString('utf8')
  return JSON.parse(json) as BlockEntry[]
}

/** Times in `entries` may be infinite (frames without lines), which JSON has no word for: those are left out. */
export async function writeIndex(segment: Pick<Segment, 'path'>, entries: readonly BlockEntry[]) {
  const raw = Buffer.from(JSON.stringify(entries.filter(entry => entry.count > 0)))
  const meta = { firstSeq: 0, lastSeq: 0, count: 0, minTimeMs: 0, maxTimeMs: 0, levelMask: 0 }
  const frame = encodeFrame(meta, await compress(raw), { rawBytes: raw.length, deflated: true })
  const temporary = `${indexPath(segment)}.tmp`
  await writeFile(temporary, frame)
  await rename(temporary, indexPath(segment))
}

export async function removeSegment(segment: Pick<Segment, 'path'>): Promise<void> {
  await rm(segment.path, { force: true })
  await rm(indexPath(segment), { force: true })
}

export async function withFile<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r')
  try {
    return await use(handle)
  } finally {
    await handle.close()
  }
}

/** Keeps `newestMs` in the file itself, so that age is known without opening it. */
export const touch = (path: string, timeMs: number): Promise<void> =>
  utimes(path, timeMs / 1000, timeMs / 1000)

/** Reads a segment that was being written and cuts a torn record off its end. */
export async function recoverOpen(path: string) {
  const bytes = await readFile(path)
  const { frames, validBytes } = scanFrames(bytes)
  return { frames, validBytes, tornBytes: bytes.length - validBytes }
}
