import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogChunk, RawLogLine } from '../port'
import {
  formatLogPosition,
  type LogPosition,
  logFileName,
  logFileNumbers,
  MAX_LINE_BYTES,
  parseLogHeader,
  parseLogLine,
  parseLogLines,
} from './log-format'

/** Several times the longest line, so that a read always ends behind at least one. Every read wakes another thread. */
const READ_BYTES = 8 * MAX_LINE_BYTES
const NEWLINE = 10

/**
 * Reads a replica's log files from a position on, one piece at a time. Positions of different readers, and of the
 * same one after a crash, mean the same: a file, a place in it, and the number of lines before.
 */
export class LogReader {
  readonly #folder: string
  #position: LogPosition
  #handle: FileHandle | null = null
  #lostLines = 0
  /** One for all reads: their bytes are decoded before the next, and new memory costs more than reading does. */
  #buffer: Buffer | null = null

  constructor(folder: string, since: LogPosition | null) {
    this.#folder = folder
    this.#position = since ?? { file: 0, offset: 0, line: 0 }
  }

  /** The next lines; null when all that is written has been read, for now. */
  async read(): Promise<LogChunk | null> {
    for (;;) {
      const lines = await this.#readCurrent()
      if (lines.length > 0) return this.#chunk(lines)
      // A file that has a successor is not written any more: what it holds now is all.
      const next = await this.#nextFiles()
      const rest = await this.#readCurrent()
      if (rest.length > 0) return this.#chunk(rest)
      if (!(await this.#enterFirst(next))) return null
    }
  }

  /** Lines that were counted by their writer and are in no file: told once, at the end. */
  finish(totalLines: number): LogChunk | null {
    this.#lose(totalLines)
    return this.#lostLines > 0 ? this.#chunk([]) : null
  }

  async close(): Promise<void> {
    await this.#handle?.close()
    this.#handle = null
  }

  #chunk(lines: RawLogLine[]): LogChunk {
    const lostLines = this.#lostLines
    this.#lostLines = 0
    return { position: formatLogPosition(this.#position), lines, lostLines }
  }

  #lose(linesBefore: number): void {
    this.#lostLines += Math.max(0, linesBefore - this.#position.line)
    this.#position.line = Math.max(this.#position.line, linesBefore)
  }

  async #nextFiles(): Promise<number[]> {
    const names = await readdir(this.#folder).catch(() => [])
    return logFileNumbers(names).filter(number => number > this.#position.file)
  }

  /** Goes on with the first of these that has its header; one that never got it, on a full disk, is passed over. */
  async #enterFirst(files: readonly number[]): Promise<boolean> {
    for (const file of files) {
      if (await this.#enter(file)) return true
    }
    return false
  }

  /** Opens a file at its first line, counting what is missing before it. */
  async #enter(file: number): Promise<boolean> {
    const handle = await open(join(this.#folder, logFileName(file))).catch(() => null)
    if (!handle) return false
    const start = Buffer.alloc(64)
    const { bytesRead } = await handle.read(start, 0, start.length, 0)
    const header = parseLogHeader(start.subarray(0, bytesRead))
    if (!header) {
      await handle.close()
      return false
    }
    await this.close()
    this.#handle = handle
    this.#position = { file, offset: header.bytes, line: this.#position.line }
    this.#lose(header.linesBefore)
    return true
  }

  async #readCurrent(): Promise<RawLogLine[]> {
    // Resumed in the middle of a file; one that is gone meanwhile is counted by the header of the next.
    this.#handle ??= await open(join(this.#folder, logFileName(this.#position.file))).catch(() => null)
    if (!this.#handle) return []
    this.#buffer ??= Buffer.allocUnsafe(READ_BYTES)
    const { bytesRead } = await this.#handle.read(this.#buffer, 0, READ_BYTES, this.#position.offset)
    if (bytesRead === 0) return []
    const { lines, count, bytes } = splitLines(this.#buffer.subarray(0, bytesRead))
    this.#position = {
      ...this.#position,
      offset: this.#position.offset + bytes,
      line: this.#position.line + count,
    }
    return lines
  }
}

/**
 * The whole lines of a piece and how many bytes they take; an unfinished last one is left for the next read. Decoded
 * at once: no byte of a character is a newline's, so it comes to the same as line by line, at a fraction of the cost.
 */
function splitLines(piece: Buffer): { lines: RawLogLine[]; count: number; bytes: number } {
  const bytes = piece.lastIndexOf(NEWLINE) + 1
  // No writer of ours makes such a line; in a damaged file it must not stop the reader for ever.
  if (bytes === 0 && piece.length === READ_BYTES)
    return { lines: [parseLogLine(piece.toString('utf8'))], count: 1, bytes: piece.length }
  return { ...parseLogLines(piece.toString('utf8', 0, bytes)), bytes }
}
