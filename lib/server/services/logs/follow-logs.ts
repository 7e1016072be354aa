import type { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import { rangeOf } from '@/lib/domain/logs/batch'
import type { followLogsInput } from '@/lib/domain/logs/inputs'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import type { EndpointRow } from '../endpoints/find-endpoint'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { openLog } from './controller-door'
import { keptOf } from './kept'
import { logReplicas } from './log-replicas'
import { messageLines } from './message-lines'

/** How often an open stream asks again whether its reader may still read. */
export const RECHECK_MS = 30_000

/** `id` is the number behind which a reader resumes; null for what is no place in the log. */
export type StreamItem = { id: number | null; json: Buffer } | 'heartbeat'

export type Following = {
  signal: AbortSignal
  /** Who the reader is by now: the session or token is read again. */
  reauthenticate: () => Promise<Result<Context>>
}

/**
 * Everything written behind a line, as it is written. Refusals come before the stream; it ends when the reader
 * leaves, may no longer read, or when a deleted endpoint's last line has been sent.
 */
export async function followLogs(
  ctx: Context,
  input: z.output<typeof followLogsInput>,
  following: Following,
): Promise<Result<AsyncGenerator<StreamItem>>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see this endpoint’s logs')
  if (!found.ok) return found
  const { endpoint } = found.data
  const end = await endOf(ctx.db, endpoint)
  if (!end.ok) return end
  const after = await startOf(ctx, endpoint, input.after)
  if (!after.ok) return after
  if (end.data !== null && after.data >= end.data) return ok(nothingMore())
  const opened = await openLog(ctx.db, endpoint, 'tail', {
    filter: input,
    params: { after: after.data },
    signal: following.signal,
  })
  if (!opened.ok) return opened
  // By its id from here on: deleted, it loses its name before its last line is read.
  const ref = { team: input.team, endpoint: endpoint.id }
  const lines = untilBroken(messageLines(opened.data, following.signal))
  return ok(stream({ lines, sent: after.data, end: end.data }, ref, following, ctx))
}

/** The last line of a log that nothing is added to any more; null while something may be. */
async function endOf(db: Context['db'], endpoint: EndpointRow): Promise<Result<number | null>> {
  if (!(await hasEnded(db, endpoint))) return ok(null)
  const kept = await keptOf(db, endpoint)
  return kept.ok ? ok(kept.data?.last ?? 0) : kept
}

async function startOf(
  ctx: Context,
  endpoint: EndpointRow,
  after: number | undefined,
): Promise<Result<number>> {
  if (after !== undefined) return ok(after)
  const kept = await keptOf(ctx.db, endpoint)
  return kept.ok ? ok(kept.data?.last ?? 0) : kept
}

/** What is to be sent: behind which line, and up to which, where that is known. */
type Rest = { lines: AsyncGenerator<Buffer>; sent: number; end: number | null }

async function* stream(
  { lines, sent, end }: Rest,
  ref: EndpointRefInput,
  following: Following,
  ctx: Context,
): AsyncGenerator<StreamItem> {
  let checkedAtMs = Date.now()
  // Sent at once: proxies and readers see that the stream stands before the first line is written.
  yield 'heartbeat'
  for await (const json of lines) {
    const isQuiet = json.length === 0
    const id = isQuiet ? null : idOf(json)
    yield isQuiet ? 'heartbeat' : { id, json }
    sent = id ?? sent
    if (end !== null && sent >= end) return yield END
    if (Date.now() - checkedAtMs < RECHECK_MS) continue
    checkedAtMs = Date.now()
    const seen = await lookAgain(ref, following, ctx)
    if (seen === 'denied') return
    // What a slow reader has not got yet comes first. Known before and quiet since: a filter hides the last line.
    if (seen.end !== null && (sent >= seen.end || (end !== null && isQuiet))) return yield END
    end = seen.end
  }
}

async function* nothingMore(): AsyncGenerator<StreamItem> {
  yield 'heartbeat'
  yield END
}

/** A controller that goes away ends the stream like any end: the reader comes back with the last id it has. */
async function* untilBroken(lines: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* lines
  } catch {
    // Which failure it was is the controller's to log; here there is only one answer to all of them.
  }
}

const END: StreamItem = { id: null, json: Buffer.from('{"type":"end"}') }
/** Both forms name their range within this much. */
const RANGE_BYTES = 64

const idOf = (json: Buffer): number | null => {
  const start = json.toString('latin1', 0, RANGE_BYTES)
  const batch = rangeOf(start)
  if (batch) return batch.last
  const gap = /^\{"type":"gap","first":\d+,"last":(\d+)/.exec(start)
  return gap ? Number(gap[1]) : null
}

/** Whether the reader may still read, and up to where there is something; null while more may come. */
async function lookAgain(
  ref: EndpointRefInput,
  { reauthenticate }: Following,
  { db }: Context,
): Promise<'denied' | { end: number | null }> {
  const ctx = await reauthenticate()
  if (!ctx.ok) return 'denied'
  const found = await requireEndpoint(ctx.data, ref, canSeeEndpoint, 'see this endpoint’s logs')
  if (!found.ok) return found.error.code === 'not_found' ? { end: 0 } : 'denied'
  const end = await endOf(db, found.data.endpoint)
  // A store that cannot be asked just now is asked at the next look.
  return { end: end.ok ? end.data : null }
}

/** Deleted, and everything that its replicas wrote is collected. */
async function hasEnded(db: Context['db'], { id, removedAt }: EndpointRow): Promise<boolean> {
  if (removedAt === null) return false
  const replicas = await logReplicas(db, id)
  return replicas.every(replica => replica.logsEnded)
}
