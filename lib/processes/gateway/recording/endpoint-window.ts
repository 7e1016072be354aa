import { MERGED_UUID } from '@/lib/server/db/schema/request-rollups'
import { type DeltaLine, type RecordKey, type RecordRow, type RollupRow, recordKeyOf } from './delta'
import type { Gauge } from './gauge'
import type { Measurement } from './measurement'
import { type ErrorBudget, type KeptRecord, RecordSampler } from './record-sampler'
import { RowSum } from './row-sum'

type Gauges = Pick<RollupRow, 'inFlightMax' | 'inFlightMean' | 'waitingMax' | 'waitingMean'>
type Group = { revision: number; replicaId: string; byStatus: Map<number, RowSum> }

/** Longer paths are cut in records: they come from callers. */
const MAX_PATH_LENGTH = 500

/** One endpoint in one 10 s window: sums per revision × replica × status, and the requests that are kept. */
export class EndpointWindow {
  private readonly groups = new Map<string | number, Group>()
  private readonly sampler: RecordSampler
  /** What was said of each kept request; a changed weight is said when the window closes. */
  private readonly said = new Map<Measurement, RecordRow>()
  private readonly saidKeys = new Set<string>()
  private finalGauges: Gauges | null = null
  private isChanged = true

  constructor(
    readonly endpointId: string,
    private readonly windowMs: number,
    budget: ErrorBudget,
    private readonly gapPossible: 0 | 1,
  ) {
    this.sampler = new RecordSampler(budget, windowMs)
  }

  add(request: Measurement): void {
    // Without a replica the revision tells apart; numbers and ids never clash as keys.
    const key = request.replicaId ?? request.revision
    let group = this.groups.get(key)
    if (!group) {
      const { revision, replicaId } = request
      group = { revision, replicaId: replicaId ?? MERGED_UUID, byStatus: new Map() }
      this.groups.set(key, group)
    }
    let row = group.byStatus.get(request.status)
    if (!row) {
      row = new RowSum()
      group.byStatus.set(request.status, row)
    }
    row.add(request)
    this.sampler.offer(request)
    this.isChanged = true
  }

  /** Freezes the gauges at the window's end; the next `changes` is the last. */
  close(inFlight: Gauge, waiting: Gauge, nowMs: number): void {
    this.finalGauges = gaugesOf(inFlight, waiting, nowMs)
    this.isChanged = true
  }

  /** Appends the rows that are not as they were said last. */
  collect(into: DeltaLine, inFlight: Gauge, waiting: Gauge, nowMs: number): void {
    if (!this.isChanged && inFlight.value === 0 && waiting.value === 0) return
    this.isChanged = false
    const kept = this.sampler.kept()
    this.collectRecords(into, kept)
    this.collectRollups(into, kept.length, this.finalGauges ?? gaugesOf(inFlight, waiting, nowMs))
  }

  private collectRollups(into: DeltaLine, recordsKept: number, gauges: Gauges): void {
    const merged = new RowSum()
    const statusCounts: Record<string, number> = {}
    const { windowMs, endpointId, gapPossible } = this
    for (const { revision, replicaId, byStatus } of this.groups.values()) {
      for (const [status, sum] of byStatus) {
        merged.merge(sum)
        statusCounts[status] = (statusCounts[status] ?? 0) + sum.requests
        const key = { windowMs, endpointId, revision, replicaId, status }
        into.rollups.push({ ...key, ...sum.toColumns(), ...NO_MERGED_COLUMNS, gapPossible })
      }
    }
    const key = { windowMs, endpointId, revision: 0, replicaId: MERGED_UUID, status: 0 }
    into.rollups.push({ ...key, ...merged.toColumns(), statusCounts, ...gauges, recordsKept, gapPossible })
  }

  private collectRecords(into: DeltaLine, kept: KeptRecord[]): void {
    const isClosing = this.finalGauges !== null
    const current = new Set<Measurement>()
    for (const { request, reason, weight } of kept) {
      current.add(request)
      const earlier = this.said.get(request)
      if (earlier && (!isClosing || (earlier.weight === weight && earlier.reason === reason))) continue
      const row = earlier ? { ...earlier, reason, weight } : this.newRecord(request, reason, weight)
      this.said.set(request, row)
      into.records.push(row)
    }
    for (const [request, { endpointId, at, requestId }] of this.said) {
      if (current.has(request)) continue
      this.said.delete(request)
      into.dropped.push({ endpointId, at, requestId })
    }
  }

  /** Callers choose request ids, and may choose one twice within a millisecond: the later is moved by one. */
  private newRecord(request: Measurement, reason: KeptRecord['reason'], weight: number): RecordRow {
    const key: RecordKey = { endpointId: request.endpointId, at: request.at, requestId: request.requestId }
    while (this.saidKeys.has(recordKeyOf(key))) key.at++
    this.saidKeys.add(recordKeyOf(key))
    return { ...request, path: request.path.slice(0, MAX_PATH_LENGTH), ...key, reason, weight }
  }
}

const NO_MERGED_COLUMNS = {
  statusCounts: null,
  inFlightMax: null,
  inFlightMean: null,
  waitingMax: null,
  waitingMean: null,
  recordsKept: null,
}

function gaugesOf(inFlight: Gauge, waiting: Gauge, nowMs: number): Gauges {
  const [flight, wait] = [inFlight.read(nowMs), waiting.read(nowMs)]
  return {
    inFlightMax: flight.max,
    inFlightMean: flight.mean,
    waitingMax: wait.max,
    waitingMean: wait.mean,
  }
}
