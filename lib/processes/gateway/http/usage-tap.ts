import { type TokenUsage, usageIn } from './usage'

const MAX_JSON_BYTES = 64 * 1024
/** Enough for the last events of a stream: the one with the usage and `[DONE]`. */
const STREAM_TAIL_BYTES = 16 * 1024

/** Remembers as much of a passing answer as may state its token usage; copies nothing. */
export class UsageTap {
  private chunks: Buffer[] = []
  private bytes = 0

  private constructor(private readonly isStream: boolean) {}

  /** Null for answers that state none. */
  static for(contentType: string, contentLength: number | null, isEncoded: boolean): UsageTap | null {
    if (isEncoded) return null
    if (contentType.startsWith('text/event-stream')) return new UsageTap(true)
    const isJson = contentType.startsWith('application/json') && (contentLength ?? 0) <= MAX_JSON_BYTES
    return isJson ? new UsageTap(false) : null
  }

  add(chunk: Buffer): void {
    if (!this.isStream && this.bytes > MAX_JSON_BYTES) return
    this.chunks.push(chunk)
    this.bytes += chunk.length
    if (this.isStream) this.trim()
    else if (this.bytes > MAX_JSON_BYTES) this.chunks = []
  }

  usage(): TokenUsage | null {
    const [first] = this.chunks
    if (!first) return null
    return usageIn(this.chunks.length === 1 ? first : Buffer.concat(this.chunks))
  }

  private trim(): void {
    for (let first = this.chunks[0]; first; first = this.chunks[0]) {
      if (this.bytes - first.length < STREAM_TAIL_BYTES) return
      this.chunks.shift()
      this.bytes -= first.length
    }
  }
}
