import { z } from 'zod'
import { type RequestRecordView, requestRecordView } from '@/lib/domain/analytics/view'
import { endpointRef } from '@/lib/domain/endpoint/inputs'
import { EMPTY_FILTER, type LogFilter } from './filter'
import { logFilter } from './filter-schema'
import { logLineView, logReplicaView } from './view'

export const requestLinesInput = endpointRef.extend({
  /** `X-Request-Id`, as in a request's record or a line. */
  id: z.string().min(1, 'Name the request by its id.').max(128),
  limit: z.coerce.number().int().min(1).max(2_000).default(500),
})
export type RequestLinesInput = z.input<typeof requestLinesInput>

/**
 * How the lines were found. `id`: they carry the request's id. `time`: no line does, these are what its replica
 * wrote while it ran, and other requests' lines may be among them. `none`: neither, `filter` is null.
 */
export const REQUEST_LINES_FOUND = ['id', 'time', 'none'] as const

export const requestLines = z.object({
  found: z.enum(REQUEST_LINES_FOUND),
  /** What was recorded of the request; null where it was not kept, or lies beyond retention. */
  record: requestRecordView.nullable(),
  /** The same lines as a filter of the log page: for its URL. */
  filter: logFilter.nullable(),
  /** Oldest first, at most `limit`. */
  lines: z.array(logLineView),
  /** There are more than `limit`, or not all of the log could be read in time. */
  isPart: z.boolean(),
  replicas: z.array(logReplicaView),
})
export type RequestLines = z.infer<typeof requestLines>

/** A replica's clock and its output's buffering move lines by this much against the gateway's clock. */
const SLACK_MS = 1_000
/** A line that names the request may be written this long before and after it: queues, clean-up, other clocks. */
const ID_BEFORE_MS = 60_000
const ID_AFTER_MS = 10 * 60_000

type Timed = Pick<RequestRecordView, 'at' | 'totalMs' | 'replicaId'>
const startOf = (record: Timed): number => Date.parse(record.at)

/** Lines that name the request; around its time where that is known, for a log is long. */
export function idFilters(id: string, record: Timed | null): LogFilter[] {
  const window = record
    ? {
        since: startOf(record) - ID_BEFORE_MS,
        until: Math.ceil(startOf(record) + record.totalMs) + ID_AFTER_MS,
      }
    : {}
  // Second: ids in a form that was not recognised as one, anywhere in the text.
  return [
    { ...EMPTY_FILTER, ...window, request: id },
    { ...EMPTY_FILTER, ...window, q: id, case: true },
  ]
}

/** What the request's replica wrote while it ran; null where no replica had it. */
export function timeFilter(record: Timed): LogFilter | null {
  if (record.replicaId === null) return null
  return {
    ...EMPTY_FILTER,
    replica: [record.replicaId],
    since: startOf(record) - SLACK_MS,
    until: Math.ceil(startOf(record) + record.totalMs) + SLACK_MS,
  }
}
