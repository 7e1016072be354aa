import { Sketch } from '@/lib/domain/latency/sketch'
import type { Measurement } from './measurement'

/** Sums and distributions of some of a window's requests: what a row of `request_rollups` holds. */
export class RowSum {
  requests = 0
  bytesIn = 0
  bytesOut = 0
  tokensIn = 0
  tokensOut = 0
  readonly total = new Sketch()
  readonly ttfb = new Sketch()
  readonly wait = new Sketch()

  add(request: Measurement): void {
    this.requests++
    this.bytesIn += request.bytesIn
    this.bytesOut += request.bytesOut
    this.tokensIn += request.tokensIn ?? 0
    this.tokensOut += request.tokensOut ?? 0
    this.total.add(request.totalUs)
    if (request.ttfbUs !== null) this.ttfb.add(request.ttfbUs)
    this.wait.add(request.waitUs)
  }

  merge(other: RowSum): void {
    this.requests += other.requests
    this.bytesIn += other.bytesIn
    this.bytesOut += other.bytesOut
    this.tokensIn += other.tokensIn
    this.tokensOut += other.tokensOut
    this.total.merge(other.total)
    this.ttfb.merge(other.ttfb)
    this.wait.merge(other.wait)
  }

  toColumns() {
    return {
      requests: this.requests,
      bytesIn: this.bytesIn,
      bytesOut: this.bytesOut,
      tokensIn: this.tokensIn,
      tokensOut: this.tokensOut,
      total: encoded(this.total),
      ttfb: encoded(this.ttfb),
      wait: encoded(this.wait),
    }
  }
}

/** Base64, null without values. */
export const encoded = (sketch: Sketch): string | null =>
  sketch.count === 0 ? null : Buffer.from(sketch.encode()).toString('base64')
