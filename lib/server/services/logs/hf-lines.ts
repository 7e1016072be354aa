import type { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import { linesOf } from '@/lib/domain/logs/batch'
import type { LogFilter } from '@/lib/domain/logs/filter'
import { gapLine } from '@/lib/domain/logs/gap-line'
import type { hfFollowInput } from '@/lib/domain/logs/hf-compat'
import type { LogLine } from '@/lib/domain/logs/line'
import { isBatch, parseMessage } from '@/lib/domain/logs/message'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import type { EndpointRow } from '../endpoints/find-endpoint'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { collectLines, withGaps } from './collect-lines'
import { openLog } from './controller-door'
import { type Following, followLogs, type StreamItem } from './follow-logs'
import { hfFilter } from './hf-filter'
import { keptOf } from './kept'
import { messageLines } from './message-lines'

const FOLLOW_TAIL = 100

type Input = z.output<typeof hfFollowInput>
export type HfItem = LogLine | 'heartbeat'

/**
 * The lines HF's text and event streams carry: the newest `tail`, or all, then those to come. `after` resumes a
 * stream that was cut off.
 */
export async function hfLines(
  ctx: Context,
  input: Input & { after?: number | undefined },
  following: Following,
): Promise<Result<AsyncGenerator<HfItem>>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see this endpoint’s logs')
  if (!found.ok) return found
  const { endpoint } = found.data
  const filter = await hfFilter(ctx.db, endpoint.id, input)
  if (!filter.ok) return filter
  const kept = await keptOf(ctx.db, endpoint)
  if (!kept.ok) return kept
  const newest = kept.data?.last ?? 0
  const tail = input.tail ?? (input.follow ? FOLLOW_TAIL : undefined)
  if (tail === undefined && input.after === undefined)
    return everything(ctx, endpoint, filter.data, following)
  const begin = await newestLines(ctx, endpoint, filter.data, { tail: tail ?? 0, newest, after: input.after })
  if (!begin.ok) return begin
  if (!input.follow) return ok(fromList(begin.data))
  const stream = await followLogs(
    ctx,
    { ...filter.data, team: input.team, endpoint: input.endpoint, after: input.after ?? newest },
    following,
  )
  return stream.ok ? ok(followedBy(begin.data, stream.data)) : stream
}

async function newestLines(
  ctx: Context,
  endpoint: EndpointRow,
  filter: LogFilter,
  { tail, newest, after }: { tail: number; newest: number; after: number | undefined },
): Promise<Result<LogLine[]>> {
  if (after !== undefined || tail === 0) return ok([])
  const range = { to: newest, order: 'desc' as const, limit: tail }
  const read = await collectLines(ctx.db, endpoint, filter, range, AbortSignal.timeout(20_000))
  return read.ok ? ok(withGaps(read.data, range.order).reverse()) : read
}

async function everything(
  ctx: Context,
  endpoint: EndpointRow,
  filter: LogFilter,
  { signal }: Following,
): Promise<Result<AsyncGenerator<HfItem>>> {
  const opened = await openLog(ctx.db, endpoint, 'scan', { filter, signal })
  return opened.ok ? ok(linesIn(messageLines(opened.data, signal))) : opened
}

async function* linesIn(messages: AsyncIterable<Buffer>): AsyncGenerator<HfItem> {
  const read = lineReader()
  for await (const bytes of messages) if (bytes.length > 0) yield* read(bytes)
}

async function* fromList(lines: readonly LogLine[]): AsyncGenerator<HfItem> {
  yield* lines
}

type Stream = AsyncIterable<StreamItem>

async function* followedBy(begin: readonly LogLine[], stream: Stream): AsyncGenerator<HfItem> {
  yield* begin
  const read = lineReader(begin.at(-1)?.timeMs)
  for await (const item of stream) {
    if (item === 'heartbeat') yield item
    else yield* read(item.json)
  }
}

/**
 * Lines that are no longer kept are one line that says so, at the time of the line before them; where there is none,
 * at the time it is said.
 */
function lineReader(beforeMs?: number) {
  let timeMs = beforeMs
  return (json: Buffer): LogLine[] => {
    const message = parseMessage(json.toString('utf8'))
    if (!isBatch(message)) return message.type === 'gap' ? [gapLine(message, timeMs ?? Date.now())] : []
    const lines = linesOf(message)
    timeMs = lines.at(-1)?.timeMs ?? timeMs
    return lines
  }
}
