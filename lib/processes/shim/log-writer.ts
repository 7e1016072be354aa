import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import {
  countNewlines,
  logFileName,
  logFileNumbers,
  logHeader,
  parseLogHeader,
} from '@/lib/server/providers/local/log-format'
import type { EncodedLines } from './line-encoder'

const RETRY_MS = 1000
const NEWLINE = 10
/** However small they are. */
const MAX_FILES = 1000

/**
 * Appends encoded lines to numbered files. Writes are synchronous: this process does nothing else, and what was
 * written survives its death. A full disk never stops the replica: lines that cannot be written are counted, and
 * the next file's header tells the reader that they are missing.
 */
export class LogWriter {
  readonly #folder: string
  readonly #fileBytes: number
  readonly #files: number
  #fd: number | null = null
  #number: number
  #bytes = 0
  #lines: number
  #retryAtMs = 0

  constructor(options: { folder: string; fileBytes: number; files: number }) {
    this.#folder = options.folder
    this.#fileBytes = options.fileBytes
    this.#files = options.files
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const numbers = logFileNumbers(readdirSync(this.#folder))
    this.#number = numbers.at(-1) ?? 0
    this.#lines = linesUpToNow(numbers.map(number => join(this.#folder, logFileName(number))))
  }

  /** Lines so far, over all attempts, lost ones included. */
  get lines(): number {
    return this.#lines
  }

  write({ bytes, lines }: EncodedLines): void {
    if (lines === 0) return
    try {
      if (this.#fd === null) this.#open()
      if (this.#fd !== null) {
        writeWhole(this.#fd, bytes)
        this.#bytes += bytes.length
      }
    } catch {
      this.close()
      this.#retryAtMs = Date.now() + RETRY_MS
    }
    this.#lines += lines
    if (this.#bytes >= this.#fileBytes) this.close()
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }

  #open(): void {
    if (Date.now() < this.#retryAtMs) return
    const number = this.#number + 1
    const path = join(this.#folder, logFileName(number))
    const header = Buffer.from(logHeader(this.#lines))
    // Exclusive: two writers in one folder would both number lines.
    const fd = openSync(path, 'wx', 0o600)
    try {
      writeWhole(fd, header)
    } catch (error) {
      closeSync(fd)
      rmSync(path, { force: true })
      throw error
    }
    this.#number = number
    this.#fd = fd
    this.#bytes = header.length
    this.#prune()
  }

  /** Oldest first, by size: many small files, of a replica that restarts a lot, are no reason to lose lines. */
  #prune(): void {
    const paths = logFileNumbers(readdirSync(this.#folder)).map(number =>
      join(this.#folder, logFileName(number)),
    )
    const sizes = paths.map(path => statSync(path).size)
    let total = sizes.reduce((sum, size) => sum + size, 0)
    for (const [index, path] of paths.slice(0, -1).entries()) {
      if (total <= this.#fileBytes * (this.#files - 1) && paths.length - index <= MAX_FILES) return
      rmSync(path, { force: true })
      total -= sizes[index] ?? 0
    }
  }
}

function writeWhole(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
}

/** Says the newest file that has its header. A torn last line counts: a reader skips it and counts it as lost. */
function linesUpToNow(paths: readonly string[]): number {
  for (const path of [...paths].reverse()) {
    const bytes = readFileSync(path)
    const header = parseLogHeader(bytes)
    if (!header) continue
    const own = bytes.subarray(header.bytes)
    return header.linesBefore + countNewlines(own) + (own.length > 0 && own.at(-1) !== NEWLINE ? 1 : 0)
  }
  return 0
}
