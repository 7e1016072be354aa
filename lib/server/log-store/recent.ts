import type { EncodedBatch } from './payload'

/**
 * The newest batches, in memory: readers that keep up share these bytes and never touch the disk. Whoever falls
 * behind reads the segments; nothing is held back for them.
 */
export class Recent {
  private batches: EncodedBatch[] = []
  private bytes = 0

  constructor(private readonly maxBytes: number) {}

  push(batches: readonly EncodedBatch[]): void {
    for (const batch of batches) {
      this.batches.push(batch)
      this.bytes += batch.bytes.length
    }
    let drop = 0
    while (this.bytes > this.maxBytes && drop < this.batches.length - 1) {
      this.bytes -= this.batches[drop]?.bytes.length ?? 0
      drop += 1
    }
    if (drop > 0) this.batches = this.batches.slice(drop)
  }

  /** Everything behind `after`, or null when some of it is no longer here. */
  after(after: number): EncodedBatch[] | null {
    const oldest = this.batches[0]
    if (!oldest || after < oldest.first - 1) return null
    let at = this.batches.length
    while (at > 0 && (this.batches[at - 1]?.last ?? 0) > after) at -= 1
    return this.batches.slice(at)
  }
}
