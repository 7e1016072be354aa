import { stripAnsi } from '@/lib/domain/logs/ansi'
import { linesOf, type WireBatch } from '@/lib/domain/logs/batch'
import { isEmptyFilter, LEVEL_CHOICES, type LogFilter } from '@/lib/domain/logs/filter'
import { LOG_LEVELS, type LogLine } from '@/lib/domain/logs/line'
import { fieldsTest, lineTest } from '@/lib/domain/logs/matcher'
import type { FrameMeta } from './frame'
import { RegexGuard } from './regex-guard'

/** A filter, made ready to be asked of frames, of raw batches and of lines: the cheapest question first. */
export type Selection = {
  isEverything: boolean
  wantsFrame: (meta: FrameMeta) => boolean
  /** False only where no line of this batch can match; looks at the JSON text without parsing it. */
  mayMatch: (json: string) => boolean
  select: (json: string) => Promise<LogLine[]>
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
    select: async json => {
      const lines = linesOf(JSON.parse(json) as WireBatch).filter(test)
      if (!guard) return lines
      const candidates = lines.filter(notUnwanted)
      const matches = await guard.test(candidates.map(line => stripAnsi(line.text)))
      return candidates.filter((line, index) => matches[index] || line.dropped !== undefined)
    },
    close: async () => guard?.close(),
  }
}

function levelMask(filter: LogFilter): number {
  if (filter.level.length === 0 || filter.level.length === LEVEL_CHOICES.length) return 0xffff
  return filter.level.reduce(
    (mask, level) => mask | (1 << (level === 'none' ? 0 : LOG_LEVELS.indexOf(level) + 1)),
    0,
  )
}

/**
 * Looks for the text in its JSON spelling. A batch with escape sequences or markers is always parsed: the first may
 * stand inside the text searched for, the second match whatever is searched.
 */
function rawTest(filter: LogFilter): (json: string) => boolean {
  const needles: ((json: string) => boolean)[] = []
  if (filter.request !== '') {
    const id = JSON.stringify(filter.request)
    needles.push(json => json.includes(id))
  }
  if (filter.q !== '' && !filter.regex) {
    const spelled = JSON.stringify(filter.q).slice(1, -1)
    const lower = spelled.toLowerCase()
    needles.push(filter.case ? json => json.includes(spelled) : json => json.toLowerCase().includes(lower))
  }
  if (needles.length === 0) return () => true
  return json => json.includes('\\u001b') || json.includes('"dropped":') || needles.every(test => test(json))
}
