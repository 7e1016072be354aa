import { MAX_LINE_BYTES } from './line'

const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
const encoder = new TextEncoder()
/** A character takes at most three bytes per unit of its string: shorter texts need not be counted. */
export const SURELY_SHORT = MAX_LINE_BYTES / 3

/** Text of at most 64 KiB; a character cut in half is left off whole. */
export function decode(text: string | Uint8Array): { text: string; cutBytes: number } {
  if (typeof text === 'string' && text.length < SURELY_SHORT)
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, cutBytes: 0 }
  const bytes = typeof text === 'string' ? encoder.encode(text) : text
  let end = bytes.length
  if (end > 0 && bytes[end - 1] === 0x0d) end -= 1
  if (end <= MAX_LINE_BYTES) return { text: decoder.decode(bytes.subarray(0, end)), cutBytes: 0 }
  let cut = MAX_LINE_BYTES
  // Continuation bytes of UTF-8 are 10xxxxxx; at most three of them follow a leading byte.
  for (let back = 0; back < 3 && ((bytes[cut] ?? 0) & 0xc0) === 0x80; back += 1) cut -= 1
  return { text: decoder.decode(bytes.subarray(0, cut)), cutBytes: end - cut }
}
