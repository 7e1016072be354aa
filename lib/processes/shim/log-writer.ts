import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
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
      if (this.#fd !== null) this.#append(this.#fd, bytes)
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
    // Exclusive: two writers in one folder would both number lines.
    const fd = openSync(join(this.#folder, logFileName(number)), 'wx', 0o600)
    this.#number = number
    this.#fd = fd
    this.#bytes = 0
    this.#append(fd, Buffer.from(logHeader(this.#lines)))
    this.#prune()
  }

  #append(fd: number, bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
    this.#bytes += bytes.length
  }

  #prune(): void {
    for (const number of logFileNumbers(readdirSync(this.#folder))) {
      if (number <= this.#number - this.#files)
        rmSync(join(this.#folder, logFileName(number)), { force: true })
    }
  }
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
