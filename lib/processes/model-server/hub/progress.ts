export type DownloadProgress = { message: string; progress: number | null; log: boolean }

const REPORT_EVERY_MS = 250
const LOG_EVERY_MS = 5000

/** Turns bytes into progress: often for `/health`, seldom for the log. */
export class ProgressReporter {
  #loaded = 0
  #reportedMs = 0
  #loggedMs = 0

  constructor(
    readonly totalBytes: number,
    readonly report: (progress: DownloadProgress) => void,
    readonly now: () => number = Date.now,
  ) {
    this.#loggedMs = now()
  }

  add(file: string, bytes: number): void {
    this.#loaded += bytes
    const now = this.now()
    if (now - this.#reportedMs < REPORT_EVERY_MS) return
    this.#reportedMs = now
    const log = now - this.#loggedMs >= LOG_EVERY_MS
    if (log) this.#loggedMs = now
    this.#send(`Downloading ${file}`, log)
  }

  finished(file: string): void {
    this.#send(`Downloaded ${file}`, true)
  }

  #send(what: string, log: boolean): void {
    const progress = this.totalBytes > 0 ? Math.min(1, this.#loaded / this.totalBytes) : null
    const share =
      progress === null ? '' : `, ${Math.floor(progress * 100)} % of ${megabytes(this.totalBytes)}`
    this.report({ message: `${what}${share}`, progress, log })
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
