import type { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import { type HfLogEntry, type hfPageInput, toHfEntry } from '@/lib/domain/logs/hf-compat'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { collectLines, withGaps } from './collect-lines'
import { hfFilter } from './hf-filter'

const PATIENCE_MS = 20_000

/** One page in HF's form, and the cursor of the next where there is more. */
export async function hfLogPage(
  ctx: Context,
  input: z.output<typeof hfPageInput>,
): Promise<Result<{ entries: HfLogEntry[]; cursor: number | null }>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see this endpoint’s logs')
  if (!found.ok) return found
  const { endpoint } = found.data
  const filter = await hfFilter(ctx.db, endpoint.id, input)
  if (!filter.ok) return filter
  const { order, limit, cursor } = input
  const start =
    cursor === undefined ? {} : order === 'asc' ? { from: cursor + 1 } : { to: Math.max(cursor - 1, 0) }
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const read = await collectLines(ctx.db, endpoint, filter.data, { ...start, order, limit }, signal)
  if (!read.ok) return read
  const { lines, reached } = read.data
  const isMore = lines.length >= limit || signal.aborted
  return ok({
    entries: withGaps(read.data, order).map(line => toHfEntry(line, input.line_max_length)),
    cursor: isMore ? reached : null,
  })
}
