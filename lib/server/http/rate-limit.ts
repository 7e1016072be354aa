/** A bucket per key that refills steadily: bursts pass, floods do not. Per process, which is enough to stop a loop. */
export class RateLimit {
  private readonly buckets = new Map<string, { left: number; atMs: number }>()

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
    private readonly maxKeys = 10_000,
  ) {}

  /** 0 where it may pass; else after how many milliseconds it may, if it asks for nothing until then. */
  take(key: string, nowMs = Date.now()): number {
    const bucket = this.buckets.get(key) ?? { left: this.burst, atMs: nowMs }
    const refilled = bucket.left + ((nowMs - bucket.atMs) / 1000) * this.perSecond
    const left = Math.min(this.burst, refilled) - 1
    this.buckets.delete(key)
    const kept = Math.max(left, -1)
    this.buckets.set(key, { left: kept, atMs: nowMs })
    if (this.buckets.size > this.maxKeys) this.dropOldest()
    return left >= 0 ? 0 : ((1 - kept) / this.perSecond) * 1000
  }

  /** A Map keeps insertion order, and `take` moves its key to the end. */
  private dropOldest(): void {
    const oldest = this.buckets.keys().next()
    if (!oldest.done) this.buckets.delete(oldest.value)
  }
}
