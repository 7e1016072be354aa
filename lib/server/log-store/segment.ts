import { type FileHandle, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import type { Tally } from '@/lib/domain/logs/density'
import { type BlockEntry, compress, inflate, readBlock, scanFrames, walkHeaders } from './block'
import { encodeFrame, readFrame } from './frame'
import { tallyPayload } from './payload'

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
  /** What its lines are by minute and level. Null until somebody asks. */
  tally: Tally | null
}

const DIGITS = 16
export const segmentName = (firstSeq: number, kind: Segment['kind']): string =>
  `${String(firstSeq).padStart(DIGITS, '0')}.${kind}`

export function parseSegmentName(name: string): { firstSeq: number; kind: Segment['kind'] } | null {
  const match = /^(\d{16})\.(open|sealed)$/.exec(name)
  if (!match) return null
  return { firstSeq: Number(match[1]), kind: match[2] === 'open' ? 'open' : 'sealed' }
}

const beside = ({ path }: Pick<Segment, 'path'>, extension: string) => path.replace(/\.\w+$/, extension)
export const indexPath = (segment: Pick<Segment, 'path'>): string => beside(segment, '.index')
export const gramsPath = (segment: Pick<Segment, 'path'>): string => beside(segment, '.grams')

export async function sealedSegment(path: string, firstSeq: number): Promise<Segment> {
  const { size, mtimeMs } = await stat(path)
  const sideBytes = await Promise.all([sizeOf(indexPath({ path })), sizeOf(gramsPath({ path }))])
  const bytes = sideBytes.reduce((sum, each) => sum + each, size)
  return { firstSeq, path, kind: 'sealed', bytes, newestMs: mtimeMs, entries: null, tally: null }
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )

/** The sparse index of a segment; of a sealed one read on first use, and rebuilt where it is missing or damaged. */
export async function entriesOf(segment: Segment): Promise<BlockEntry[]> {
  if (segment.entries) return segment.entries
  const stored = await readIndex(indexPath(segment))
  segment.entries = stored?.entries ?? (await withFile(segment.path, walkHeaders))
  segment.tally ??= stored?.tally ?? null
  return segment.entries
}

/** How many lines a segment has by minute and level; counted anew only where its index is missing or damaged. */
export async function tallyOf(segment: Segment): Promise<Tally> {
  const entries = await entriesOf(segment)
  if (segment.tally) return segment.tally
  const tally: Tally = new Map()
  await withFile(segment.path, async handle => {
    for (const entry of entries) {
      const payload = await readBlock(handle, entry)
      if (payload) tallyPayload(tally, payload)
    }
  })
  segment.tally = tally
  return tally
}

type Index = { entries: BlockEntry[]; tally: Tally }
type StoredIndex = { entries: BlockEntry[]; tally: [minute: number, counts: number[]][] }

async function readIndex(path: string): Promise<Index | null> {
  const bytes = await readFile(path).catch(() => null)
  const frame = bytes ? readFrame(bytes, 0) : null
  if (!frame) return null
  const json = (await inflate(frame.stored, frame.header.rawBytes)).toString('utf8')
  const stored = JSON.parse(json) as Partial<StoredIndex>
  // One of an older version has no tally: as good as missing.
  return stored.entries && stored.tally ? { entries: stored.entries, tally: new Map(stored.tally) } : null
}

/** Times in `entries` may be infinite (frames without lines), which JSON has no word for: those are left out. */
export async function writeIndex(segment: Pick<Segment, 'path'>, { entries, tally }: Index): Promise<number> {
  const index: StoredIndex = { entries: entries.filter(entry => entry.count > 0), tally: [...tally] }
  const raw = Buffer.from(JSON.stringify(index))
  const meta = { firstSeq: 0, lastSeq: 0, count: 0, minTimeMs: 0, maxTimeMs: 0, levelMask: 0 }
  const frame = encodeFrame(meta, await compress(raw), { rawBytes: raw.length, deflated: true })
  const temporary = `${indexPath(segment)}.tmp`
  await writeFile(temporary, frame)
  await rename(temporary, indexPath(segment))
  return frame.length
}

export async function removeSegment(segment: Pick<Segment, 'path'>): Promise<void> {
  await rm(segment.path, { force: true })
  await rm(indexPath(segment), { force: true })
  await rm(gramsPath(segment), { force: true })
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
