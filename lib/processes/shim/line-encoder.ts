import { cutNote, type LogStream, linePrefix, MAX_LINE_BYTES } from '@/lib/server/providers/local/log-format'

/** Whole lines in the form they are written to the log file. */
export type EncodedLines = { bytes: Buffer; lines: number }

const NEWLINE = 10
const NEWLINE_BYTES = Buffer.from('\n')

/**
 * Turns one stream's chunks into log lines. A line is written when its newline arrives, or at the end; until then
 * at most MAX_LINE_BYTES of it are held, however much a replica writes without a newline.
 */
export class LineEncoder {
  readonly #stream: LogStream
  #held: Buffer[] = []
  #heldBytes = 0
  /** Bytes of the held line that were beyond the limit. */
  #cutBytes = 0
  #heldSinceMs: number | null = null

  constructor(stream: LogStream) {
    this.#stream = stream
  }

  push(chunk: Buffer, timeMs: number): EncodedLines {
    const parts: Buffer[] = []
    let lines = 0
    let start = 0
    const last = chunk.lastIndexOf(NEWLINE)
    if (last >= 0 && (this.#heldSinceMs !== null || last > MAX_LINE_BYTES)) {
      // One by one as long as a line may have to be cut or completed.
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        this.#hold(chunk.subarray(start, end), timeMs)
        this.#takeHeld(parts)
        lines++
        start = end + 1
        if (last - start <= MAX_LINE_BYTES) break
      }
    }
    if (start <= last) {
      const whole = encodeWhole(chunk.toString('latin1', start, last), linePrefix(timeMs, this.#stream))
      parts.push(whole.bytes)
      lines += whole.lines
    }
    if (last + 1 < chunk.length) this.#hold(chunk.subarray(last + 1), timeMs)
    return { bytes: Buffer.concat(parts), lines }
  }

  /** The last line, where the stream ended without a newline. */
  end(): EncodedLines {
    if (this.#heldSinceMs === null) return { bytes: Buffer.alloc(0), lines: 0 }
    const parts: Buffer[] = []
    this.#takeHeld(parts)
    return { bytes: Buffer.concat(parts), lines: 1 }
  }

  #hold(piece: Buffer, timeMs: number): void {
    this.#heldSinceMs ??= timeMs
    const room = MAX_LINE_BYTES - this.#heldBytes
    // A copy: the piece would keep its whole chunk alive.
    if (room > 0 && piece.length > 0) this.#held.push(Buffer.from(piece.subarray(0, room)))
    this.#heldBytes += Math.min(piece.length, room)
    this.#cutBytes += Math.max(0, piece.length - room)
  }

  #takeHeld(parts: Buffer[]): void {
    parts.push(Buffer.from(linePrefix(this.#heldSinceMs ?? 0, this.#stream)), ...this.#held)
    if (this.#cutBytes > 0) {
      parts.push(Buffer.from(cutNote(this.#cutBytes)))
    }
    parts.push(NEWLINE_BYTES)
    this.#held = []
    this.#heldBytes = 0
    this.#cutBytes = 0
    this.#heldSinceMs = null
  }
}

/** Lines that are all there, without the last one's newline. As latin1, which keeps every byte: one copy for all. */
function encodeWhole(text: string, prefix: string): EncodedLines {
  const joined = text.replaceAll('\n', `\n${prefix}`)
  const lines = (joined.length - text.length) / prefix.length + 1
  return { bytes: Buffer.from(`${prefix}${joined}\n`, 'latin1'), lines }
}
