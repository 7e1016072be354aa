import { closeSync, copyFileSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

const POLL_MS = 500
const ROTATE_BYTES = 16 * 1024 * 1024
const READ_BYTES = 256 * 1024

/**
 * The file a program writes its output to. A file and not a pipe: the program must live on when the supervisor is
 * killed. The supervisor reads along for what a person should see, and keeps the file from growing for ever.
 */
export class ProgramLog {
  readonly path: string
  #fd: number
  #position: number
  #partial = ''
  #timer: NodeJS.Timeout

  constructor(
    dataDir: string,
    name: string,
    private readonly onLine: (line: string) => void,
  ) {
    this.path = join(dataDir, 'log', `${name}.log`)
    this.#fd = openSync(this.path, 'a+', 0o600)
    this.#position = fstatSync(this.#fd).size
    this.#timer = setInterval(() => this.#poll(), POLL_MS)
    this.#timer.unref()
  }

  /** For the child's stdout and stderr: opened for appending, so that truncating the file is safe. */
  get fd(): number {
    return this.#fd
  }

  /** The newest lines, for the message about a program that died. */
  lastLines(count: number): string[] {
    const { size } = fstatSync(this.#fd)
    const from = Math.max(0, size - READ_BYTES)
    return this.#read(from, size - from)
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .slice(-count)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#poll()
    closeSync(this.#fd)
  }

  #read(from: number, length: number): Buffer {
    const buffer = Buffer.alloc(length)
    return buffer.subarray(0, readSync(this.#fd, buffer, 0, length, from))
  }

  #poll(): void {
    const { size } = fstatSync(this.#fd)
    if (size < this.#position) this.#position = 0
    while (this.#position < size) {
      const chunk = this.#read(this.#position, Math.min(READ_BYTES, size - this.#position))
      if (chunk.length === 0) break
      this.#position += chunk.length
      const lines = (this.#partial + chunk.toString('utf8')).split('\n')
      this.#partial = lines.pop() ?? ''
      for (const line of lines) this.onLine(line)
    }
    if (size > ROTATE_BYTES) this.#rotate()
  }

  /** Copy and truncate: the program keeps its open file. What it writes in between (microseconds) is lost. */
  #rotate(): void {
    copyFileSync(this.path, `${this.path}.1`)
    truncateSync(this.path, 0)
    this.#position = 0
  }
}
