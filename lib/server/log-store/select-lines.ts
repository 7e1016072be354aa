import { stripAnsi } from '@/lib/domain/logs/ansi'
import { linesOf } from '@/lib/domain/logs/batch'
import { isEmptyFilter, LEVEL_CHOICES, type LogFilter } from '@/lib/domain/logs/filter'
import { LOG_LEVELS, type LogLine } from '@/lib/domain/logs/line'
import { fieldsTest, lineTest } from '@/lib/domain/logs/matcher'
import type { FrameMeta } from './frame'
import { batchIn } from './payload'
import { bitsOfFilter, type RawTest, rawTest } from './raw-test'
import { RegexGuard } from './regex-guard'

/** A filter, made ready to be asked of frames, of raw batches and of lines: the cheapest question first. */
export type Selection = {
  isEverything: boolean
  wantsFrame: (meta: FrameMeta) => boolean
  mayMatch: RawTest
  /** What a block must have for that, as its index knows it. */
  bits: readonly number[]
  select: (batch: Buffer) => Promise<LogLine[]>
  close: () => Promise<void>
}

export function selectionOf(filter: LogFilter): Selection {
  const mask = levelMask(filter)
  const guard = filter.regex && filter.q !== '' ? new RegexGuard(filter.q, filter.case ? '' : 'i') : null
  const test = guard ? fieldsTest(filter) : lineTest(filter)
  const notUnwanted = lineTest({ ...filter, q: '', regex: false })
  return {
    isEverything: isEmptyFilter(filter),
    wantsFrame: meta =>
      (meta.levelMask & mask) !== 0 &&
      (filter.since === undefined || meta.maxTimeMs >= filter.since) &&
      (filter.until === undefined || meta.minTimeMs <= filter.until),
    mayMatch: rawTest(filter),
    bits: bitsOfFilter(filter),
    select: async batch => {
      const lines = linesOf(batchIn(batch)).filter(test)
      if (!guard) return lines
      const candidates = lines.filter(notUnwanted)
      const matches = await guard.test(candidates.map(line => stripAnsi(line.text)))
      return candidates.filter((line, index) => matches[index] || line.dropped !== undefined)
    },
    close: async () => guard?.close(),
  }
}

function levelMask({ level: levels, except }: LogFilter): number {
  const wanted = LEVEL_CHOICES.filter(
    level => (levels.length === 0 || levels.includes(level)) && !except.includes(`level:${level}`),
  )
  if (wanted.length === LEVEL_CHOICES.length) return 0xffff
  return wanted.reduce(
    (mask, level) => mask | (1 << (level === 'none' ? 0 : LOG_LEVELS.indexOf(level) + 1)),
    0,
  )
}
