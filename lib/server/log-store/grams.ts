import { readFile, rename, writeFile } from 'node:fs/promises'
import { compress, inflate } from './block'
import { encodeFrame, readFrame } from './frame'
import { ESCAPE } from './payload'

/**
 * Which runs of three characters are somewhere in a block: a bit each, by hash, without regard to the case of ASCII
 * letters. A search reads only blocks that have every run of its text; most have not, and are not even unpacked.
 */
const BITS = 15
export const GRAM_BYTES = 2 ** BITS / 8
const HASH = 0x9e3779b1

/** Characters beyond ASCII whose lower case is within: a search for "k" finds the sign of Kelvin. */
export const LOWER_TO_ASCII = ['\u0130', '\u212a'].map(text => Buffer.from(text))

/** Stands for lines that may say anything. */
export const MARKER = Buffer.from('"dropped":')
/** Colours as JSON spells them: they may stand inside the text searched for. */
const COLOURS = /\\u001b\[[0-9;:]*m/g

export const withoutColours = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(COLOURS, ''), 'latin1')

const LOWER = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte,
)

const bitOf = (run: number): number => Math.imul(run, HASH) >>> (32 - BITS)

/** Of these a search must look at the lines themselves. */
const mayBeAnything = (bytes: Buffer): boolean =>
  bytes.includes(MARKER) || bytes.includes(ESCAPE) || LOWER_TO_ASCII.some(other => bytes.includes(other))

/** The bits of a block's raw payload: all of them where its bytes do not tell what can be found in it. */
export function gramsOf(payload: Buffer): Buffer {
  const plain = payload.includes(ESCAPE) ? withoutColours(payload) : payload
  if (mayBeAnything(plain)) return Buffer.alloc(GRAM_BYTES, 0xff)
  const bits = Buffer.alloc(GRAM_BYTES)
  addBits(bits, payload)
  if (plain !== payload) addBits(bits, plain)
  return bits
}

function addBits(bits: Buffer, payload: Buffer): void {
  let run = 0
  // By index: this runs over every byte that is ever written.
  for (let at = 0; at < payload.length; at += 1) {
    run = ((run << 8) | (LOWER[payload[at] ?? 0] ?? 0)) & 0xffffff
    const bit = bitOf(run)
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7))
  }
}

/** The bits a block must have to hold this text, as JSON spells it. Beyond ASCII a case is more than a bit: left out. */
export function bitsOfText(spelled: string): number[] {
  const bytes = Buffer.from(spelled)
  const bits: number[] = []
  for (let at = 2; at < bytes.length; at += 1) {
    const run = bytes.subarray(at - 2, at + 1)
    if (run.every(byte => byte < 0x80))
      bits.push(bitOf(run.reduce((sum, byte) => (sum << 8) | (LOWER[byte] ?? 0), 0)))
  }
  return bits
}

/** Whether the block at `index` may hold what these bits were made of. */
export const hasBits = (grams: Buffer, index: number, bits: readonly number[]): boolean =>
  bits.every(bit => ((grams[index * GRAM_BYTES + (bit >> 3)] ?? 0xff) & (1 << (bit & 7))) !== 0)

/** The bits of a segment's blocks, one after the other, in a file of its own: only searches read it. */
export async function writeGrams(path: string, grams: readonly Buffer[]): Promise<number> {
  const raw = Buffer.concat(grams)
  const meta = { firstSeq: 0, lastSeq: 0, count: 0, minTimeMs: 0, maxTimeMs: 0, levelMask: 0 }
  const frame = encodeFrame(meta, await compress(raw), { rawBytes: raw.length, deflated: true })
  await writeFile(`${path}.tmp`, frame)
  await rename(`${path}.tmp`, path)
  return frame.length
}

/** Null where the file is missing, damaged, or of another number of blocks: then every block is read. */
export async function readGrams(path: string, blocks: number): Promise<Buffer | null> {
  const bytes = await readFile(path).catch(() => null)
  const frame = bytes && readFrame(bytes, 0)
  if (!frame || frame.header.rawBytes !== blocks * GRAM_BYTES) return null
  return inflate(frame.stored, frame.header.rawBytes)
}
