import { z } from 'zod'

const count = z.number().int().nonnegative()
const base64 = z.base64().nullable()
const gauge = z.number().nonnegative().nullable()

const rollupRow = z.object({
  windowMs: count,
  endpointId: z.uuid(),
  revision: count,
  replicaId: z.uuid(),
  status: count,
  requests: count,
  statusCounts: z.record(z.string(), count).nullable(),
  bytesIn: count,
  bytesOut: count,
  tokensIn: count,
  tokensOut: count,
  total: base64,
  ttfb: base64,
  wait: base64,
  inFlightMax: gauge,
  inFlightMean: gauge,
  waitingMax: gauge,
  waitingMean: gauge,
  recordsKept: count.nullable(),
  gapPossible: z.union([z.literal(0), z.literal(1)]),
})

const recordKey = z.object({ endpointId: z.uuid(), at: count, requestId: z.string() })
const recordRow = recordKey.extend({
  method: z.string(),
  path: z.string(),
  status: count,
  revision: count,
  replicaId: z.uuid().nullable(),
  tokenId: z.uuid().nullable(),
  bytesIn: count,
  bytesOut: count,
  tokensIn: count.nullable(),
  tokensOut: count.nullable(),
  waitUs: count,
  ttfbUs: count.nullable(),
  totalUs: count,
  weight: z.number().positive(),
  reason: z.enum(['all', 'sample', 'slow', 'error']),
  error: z.string().nullable(),
})

const tokenRow = z.object({
  windowMs: count,
  endpointId: z.uuid(),
  tokenId: z.uuid(),
  statusClass: count,
  requests: count,
  total: base64,
})
const refusalRow = z.object({ windowMs: count, teamId: z.uuid(), status: count, requests: count })

/** One line of a spool: rows as they shall stand in the database, `dropped` those that shall not any more. */
export const deltaLine = z.object({
  rollups: z.array(rollupRow).default([]),
  records: z.array(recordRow).default([]),
  dropped: z.array(recordKey).default([]),
  tokens: z.array(tokenRow).default([]),
  refusals: z.array(refusalRow).default([]),
})
export type DeltaLine = z.infer<typeof deltaLine>

export type RollupRow = z.infer<typeof rollupRow>
export type RecordRow = z.infer<typeof recordRow>
export type RecordKey = z.infer<typeof recordKey>
export type TokenRow = z.infer<typeof tokenRow>
export type RefusalRow = z.infer<typeof refusalRow>

/**
 * Changes since something: for every key the newest state. Because rows say how things are and never how they
 * changed, folding a line again, or an older one before a newer one again, changes nothing.
 */
export class Delta {
  private readonly rollups = new Map<string, RollupRow>()
  private readonly records = new Map<string, RecordRow>()
  private readonly dropped = new Map<string, RecordKey>()
  private readonly tokens = new Map<string, TokenRow>()
  private readonly refusals = new Map<string, RefusalRow>()

  /** Newer states replace those held. */
  fold(line: DeltaLine): void {
    for (const row of line.rollups) {
      const key = `${row.windowMs}|${row.endpointId}|${row.revision}|${row.replicaId}|${row.status}`
      this.rollups.set(key, row)
    }
    for (const row of line.dropped) {
      this.records.delete(recordKeyOf(row))
      this.dropped.set(recordKeyOf(row), row)
    }
    for (const row of line.records) {
      this.dropped.delete(recordKeyOf(row))
      this.records.set(recordKeyOf(row), row)
    }
    for (const row of line.tokens) {
      this.tokens.set(`${row.windowMs}|${row.endpointId}|${row.tokenId}|${row.statusClass}`, row)
    }
    for (const row of line.refusals) this.refusals.set(`${row.windowMs}|${row.teamId}|${row.status}`, row)
  }

  toLine(): DeltaLine {
    return {
      rollups: [...this.rollups.values()],
      records: [...this.records.values()],
      dropped: [...this.dropped.values()],
      tokens: [...this.tokens.values()],
      refusals: [...this.refusals.values()],
    }
  }

  get isEmpty(): boolean {
    const { rollups, records, dropped, tokens, refusals } = this
    return rollups.size + records.size + dropped.size + tokens.size + refusals.size === 0
  }
}

export const recordKeyOf = ({ endpointId, at, requestId }: RecordKey): string =>
  `${endpointId}|${at}|${requestId}`

export const emptyLine = (): DeltaLine => ({
  rollups: [],
  records: [],
  dropped: [],
  tokens: [],
  refusals: [],
})
