/** A bucket per key that refills steadily: bursts pass, floods do not. Per process, which is enough to stop a loop. */
export class RateLimit {
  private readonly buckets = new Map<string, { left: number; atMs: number }>()

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    private readonly maxKeys = 10_000,
  ) {}

  /** False when the key has used up its share. */
  take(key: string, nowMs = Date.now()): boolean {
    const bucket = this.buckets.get(key) ?? { left: this.burst, atMs: nowMs }
    const refilled = bucket.left + ((nowMs - bucket.atMs) / 1000) * this.perSecond
    const left = Math.min(this.burst, refilled) - 1
    this.buckets.delete(key)
    this.buckets.set(key, { left: Math.max(left, -1), atMs: nowMs })
    if (this.buckets.size > this.maxKeys) this.dropOldest()
    return left >= 0
  }

  /** A Map keeps insertion order, and `take` moves its key to the end. */
  private dropOldest(): void {
    const oldest = this.buckets.keys().next()
    if (!oldest.done) this.buckets.delete(oldest.value)
  }
}
