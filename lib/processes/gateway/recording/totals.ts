import { Sketch } from '@/lib/domain/latency/sketch'
import type { Measurement } from './measurement'

/** What a scraper reads: everything since this process started, per endpoint. */
export type EndpointTotals = {
  requests: Map<number, number>
  bytesIn: number
  bytesOut: number
  tokensIn: number
  tokensOut: number
  total: Sketch
  ttfb: Sketch
}

/** Counts without windows, for counters that only grow. */
export class Totals {
  readonly endpoints = new Map<string, EndpointTotals>()
  /** Before routing, by status. */
  readonly refusals = new Map<number, number>()

  add(request: Measurement): void {
    let totals = this.endpoints.get(request.endpointId)
    if (!totals) {
      totals = {
        requests: new Map(),
        bytesIn: 0,
        bytesOut: 0,
        tokensIn: 0,
        tokensOut: 0,
        total: new Sketch(),
        ttfb: new Sketch(),
      }
      this.endpoints.set(request.endpointId, totals)
    }
    totals.requests.set(request.status, (totals.requests.get(request.status) ?? 0) + 1)
    totals.bytesIn += request.bytesIn
    totals.bytesOut += request.bytesOut
    totals.tokensIn += request.tokensIn ?? 0
    totals.tokensOut += request.tokensOut ?? 0
    totals.total.add(request.totalUs)
    if (request.ttfbUs !== null) totals.ttfb.add(request.ttfbUs)
  }

  refuse(status: number): void {
    this.refusals.set(status, (this.refusals.get(status) ?? 0) + 1)
  }
}
