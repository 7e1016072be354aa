import type { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import type { LogFilter } from '@/lib/domain/logs/filter'
import {
  idFilters,
  type RequestLines,
  type requestLinesInput,
  timeFilter,
} from '@/lib/domain/logs/request-lines'
import { ok, type Result } from '@/lib/domain/result'
import { findRecord } from '../analytics/find-record'
import type { Context } from '../context'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { collectLines } from './collect-lines'
import { logReplicas } from './log-replicas'

/** Without a record the whole log may have to be read for the id. */
const PATIENCE_MS = 5_000

type Attempt = { filter: LogFilter; found: 'id' | 'time' }

/** A request's record, and the lines that belong to it: those with its id, else its replica's while it ran. */
export async function readRequestLines(
  ctx: Context,
  { id, limit, ...ref }: z.output<typeof requestLinesInput>,
): Promise<Result<RequestLines>> {
  const found = await requireEndpoint(ctx, ref, canSeeEndpoint, 'see this endpoint’s logs')
  if (!found.ok) return found
  const { endpoint } = found.data
  const record = await findRecord(ctx.db, endpoint.id, id)
  const replicas = await logReplicas(ctx.db, endpoint.id)
  const nothing: RequestLines = { found: 'none', record, filter: null, lines: [], isPart: false, replicas }
  const signal = AbortSignal.timeout(PATIENCE_MS)
  for (const attempt of attemptsOf(id, record)) {
    const range = { order: 'asc', limit: limit + 1 } as const
    const read = await collectLines(ctx.db, endpoint, attempt.filter, range, signal)
    if (!read.ok) return read
    // A marker passes every filter; without a line beside it, it tells nothing of this request.
    const lines = read.data.lines.some(line => line.dropped === undefined) ? read.data.lines : []
    const isPart = lines.length > limit || signal.aborted
    if (lines.length > 0) return ok({ ...nothing, ...attempt, lines: lines.slice(0, limit), isPart })
    if (signal.aborted) return ok({ ...nothing, isPart })
  }
  return ok(nothing)
}

function attemptsOf(id: string, record: RequestLines['record']): Attempt[] {
  const attempts: Attempt[] = idFilters(id, record).map(filter => ({ filter, found: 'id' }))
  const inTime = record && timeFilter(record)
  if (inTime) attempts.push({ filter: inTime, found: 'time' })
  return attempts
}
