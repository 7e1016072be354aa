import { linesOf } from '@/lib/domain/logs/batch'
import type { LogFilter } from '@/lib/domain/logs/filter'
import { gapLine } from '@/lib/domain/logs/gap-line'
import type { LogLine } from '@/lib/domain/logs/line'
import { isBatch, parseMessage } from '@/lib/domain/logs/message'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { openLog } from './controller-door'
import { messageLines } from './message-lines'

export type ScanRange = { from?: number; to?: number; order: 'asc' | 'desc'; limit: number }

/**
 * What a scan found, in its own order, and how far it came: where to ask on. `gaps` are the numbers that are no longer
 * kept.
 */
export type Collected = { lines: LogLine[]; reached: number; gaps: { first: number; last: number }[] }

/** Reads a bounded number of lines. On abort what was found so far is the answer, with how far that is. */
export async function collectLines(
  db: Pick<Queryable, 'select'>,
  endpoint: { id: string; leaseHolder: string | null },
  filter: LogFilter,
  { from, to, order, limit }: ScanRange,
  signal: AbortSignal,
): Promise<Result<Collected>> {
  const opened = await openLog(db, endpoint, 'scan', { filter, params: { from, to, order, limit }, signal })
  if (!opened.ok) return opened
  const collected: Collected = {
    lines: [],
    reached: order === 'asc' ? (from ?? 1) - 1 : (to ?? 0) + 1,
    gaps: [],
  }
  for await (const line of messageLines(opened.data, signal)) {
    if (line.length === 0) continue
    const message = parseMessage(line.toString('utf8'))
    if (isBatch(message)) {
      collected.lines.push(...linesOf(message))
      collected.reached = order === 'asc' ? message.last : message.first
    } else if (message.type === 'progress') collected.reached = message.atSeq
    else if (message.type === 'gap') {
      collected.gaps.push({ first: message.first, last: message.last })
      collected.reached = order === 'asc' ? message.last : message.first
    } else if (message.type === 'error') return fail('invalid', message.message)
  }
  return ok(collected)
}

/** The lines with one that says so in the place of each gap, at the time of the line next to it. */
export function withGaps({ lines, gaps }: Collected, order: ScanRange['order']): LogLine[] {
  if (gaps.length === 0) return lines
  const marks = gaps.map(gap => {
    const isNewer = (line: LogLine) => line.seq > gap.last
    const next = order === 'asc' ? lines.find(isNewer) : lines.findLast(isNewer)
    return gapLine(gap, next?.timeMs ?? Date.now())
  })
  return [...lines, ...marks].sort((a, b) => (order === 'asc' ? a.seq - b.seq : b.seq - a.seq))
}
