import { isErrorStatus, type Measurement } from './measurement'

/** Up to this many requests of an endpoint and window are all recorded; above, as many are sampled. */
export const RECORDS_PER_WINDOW = 200
const SLOWEST_KEPT = 10
const ERRORS_PER_CODE_AND_MINUTE = 100
const MINUTE_MS = 60_000

export type KeptRecord = {
  request: Measurement
  reason: 'all' | 'sample' | 'slow' | 'error'
  /** How many requests this record stands for. */
  weight: number
}

/** How many errors of an endpoint may still be kept, per code and minute; outlives windows. */
export class ErrorBudget {
  private readonly taken = new Map<number, { minute: number; count: number }>()

  take(status: number, nowMs: number): boolean {
    const minute = Math.floor(nowMs / MINUTE_MS)
    const entry = this.taken.get(status)
    if (entry?.minute !== minute) {
      this.taken.set(status, { minute, count: 1 })
      return true
    }
    if (entry.count >= ERRORS_PER_CODE_AND_MINUTE) return false
    entry.count++
    return true
  }
}

/**
 * Decides which requests of one endpoint and window are written down one by one. Up to a limit all are; above it
 * errors up to their budget, the slowest, and of the rest a uniform sample (reservoir, algorithm R), each record
 * with the number of requests it stands for.
 */
export class RecordSampler {
  private seen = 0
  private all: Measurement[] = []
  private readonly slowest: Measurement[] = []
  private readonly sample: Measurement[] = []
  private sampled = 0
  private readonly errors = new Map<number, { seen: number; kept: Measurement[] }>()

  constructor(
    private readonly budget: ErrorBudget,
    private readonly windowMs: number,
    private readonly random: () => number = Math.random,
  ) {}

  offer(request: Measurement): void {
    this.seen++
    if (this.seen <= RECORDS_PER_WINDOW) {
      this.all.push(request)
      return
    }
    if (this.all.length > 0) {
      const first = this.all
      this.all = []
      for (const earlier of first) this.admit(earlier)
    }
    this.admit(request)
  }

  kept(): KeptRecord[] {
    if (this.seen <= RECORDS_PER_WINDOW) {
      return this.all.map(request => ({ request, reason: 'all', weight: 1 }))
    }
    const each = (requests: Measurement[], reason: KeptRecord['reason'], population: number): KeptRecord[] =>
      requests.map(request => ({ request, reason, weight: population / requests.length }))
    return [
      ...each(this.slowest, 'slow', this.slowest.length),
      ...each(this.sample, 'sample', this.sampled),
      ...[...this.errors.values()].flatMap(({ kept, seen }) => each(kept, 'error', seen)),
    ]
  }

  private admit(request: Measurement): void {
    if (isErrorStatus(request.status)) this.admitError(request)
    else this.admitToSample(this.displacedBySlow(request))
  }

  private admitError(request: Measurement): void {
    let entry = this.errors.get(request.status)
    if (!entry) {
      entry = { seen: 0, kept: [] }
      this.errors.set(request.status, entry)
    }
    entry.seen++
    if (this.budget.take(request.status, this.windowMs)) entry.kept.push(request)
  }

  /** Keeps the request among the slowest if it is; returns whichever is not. */
  private displacedBySlow(request: Measurement): Measurement | null {
    const { slowest } = this
    if (slowest.length < SLOWEST_KEPT) {
      slowest.push(request)
      return null
    }
    let fastest = 0
    for (let i = 1; i < slowest.length; i++) {
      if ((slowest[i]?.totalUs ?? 0) < (slowest[fastest]?.totalUs ?? 0)) fastest = i
    }
    const displaced = slowest[fastest]
    if (!displaced || request.totalUs <= displaced.totalUs) return request
    slowest[fastest] = request
    return displaced
  }

  private admitToSample(request: Measurement | null): void {
    if (!request) return
    this.sampled++
    if (this.sample.length < RECORDS_PER_WINDOW) {
      this.sample.push(request)
      return
    }
    const place = Math.floor(this.random() * this.sampled)
    if (place < RECORDS_PER_WINDOW) this.sample[place] = request
  }
}
