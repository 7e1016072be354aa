import type { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import type { readLogPageInput } from '@/lib/domain/logs/inputs'
import type { LogPage } from '@/lib/domain/logs/view'
import { ok, type Result } from '@/lib/domain/result'
import type { Context } from '../context'
import { requireEndpoint } from '../endpoints/require-endpoint'
import { collectLines, type ScanRange } from './collect-lines'
import { keptOf } from './kept'
import { logReplicas } from './log-replicas'

/** A search may have to read everything; after this time the page holds what was found and says how far it came. */
const PATIENCE_MS = 5_000

/** Some lines of a log, oldest first: the newest, or those before, after or around one. */
export async function readLogPage(
  ctx: Context,
  input: z.output<typeof readLogPageInput>,
): Promise<Result<LogPage>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see this endpoint’s logs')
  if (!found.ok) return found
  const { endpoint } = found.data
  const kept = await keptOf(ctx.db, endpoint)
  if (!kept.ok) return kept
  const replicas = await logReplicas(ctx.db, endpoint.id)
  const page: LogPage = { lines: [], range: null, kept: kept.data, replicas }
  if (!kept.data) return ok(page)
  for (const range of rangesOf(input)) {
    const part = await collectLines(ctx.db, endpoint, input, range, AbortSignal.timeout(PATIENCE_MS))
    if (!part.ok) return part
    const { lines, reached } = part.data
    const isBackward = range.order === 'desc'
    page.lines = isBackward ? [...lines.reverse(), ...page.lines] : [...page.lines, ...lines]
    const first = isBackward ? reached : Math.max(range.from ?? 0, kept.data.first)
    const last = isBackward ? Math.min(range.to ?? kept.data.last, kept.data.last) : reached
    page.range = {
      first: Math.min(first, page.range?.first ?? first),
      last: Math.max(last, page.range?.last ?? last),
    }
  }
  return ok(page)
}

function rangesOf({ before, after, around, limit }: z.output<typeof readLogPageInput>): ScanRange[] {
  if (around !== undefined) {
    const half = Math.ceil(limit / 2)
    return [
      { to: Math.max(around - 1, 0), order: 'desc', limit: half },
      { from: around, order: 'asc', limit: half },
    ]
  }
  if (after !== undefined) return [{ from: after + 1, order: 'asc', limit }]
  if (before !== undefined) return [{ to: Math.max(before - 1, 0), order: 'desc', limit }]
  return [{ order: 'desc', limit }]
}
