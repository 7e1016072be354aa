import { type Drift, drift, type Settlement, settlement } from '@/lib/domain/endpoint/drift'
import { type Unreached, unreached } from '@/lib/domain/network/unreached'
import type { EndpointRow } from './find-endpoint'

/* A mark that cannot be read, of another version of Slipway, is none: the next look makes it anew. */
export const driftOfRow = (row: Pick<EndpointRow, 'drift'>): Drift | null =>
  drift.nullable().catch(null).parse(row.drift)
export const settlementOfRow = (row: Pick<EndpointRow, 'settled'>): Settlement | null =>
  settlement.nullable().catch(null).parse(row.settled)
export const unreachedOfRow = (row: Pick<EndpointRow, 'unreached'>): Unreached | null =>
  unreached.nullable().catch(null).parse(row.unreached)
