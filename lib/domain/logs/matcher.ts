import { stripAnsi } from './ansi'
import type { LogFilter } from './filter'
import type { LogLine } from './line'

/** Whether a line has the text searched for. Regular expressions of users run elsewhere, under a time limit. */
export type TextTest = (plain: string) => boolean

export function textTest(filter: Pick<LogFilter, 'q' | 'regex' | 'case'>): TextTest {
  const { q } = filter
  if (q === '') return () => true
  if (filter.regex) {
    const expression = new RegExp(q, filter.case ? '' : 'i')
    return plain => expression.test(plain)
  }
  if (filter.case) return plain => plain.includes(q)
  const lower = q.toLowerCase()
  return plain => plain.toLowerCase().includes(lower)
}

/** Everything of a filter but its text. A marker of dropped lines passes: it may stand for lines that match. */
export function fieldsTest(filter: LogFilter): (line: LogLine) => boolean {
  const has = <T>(wanted: readonly T[], value: T) => wanted.length === 0 || wanted.includes(value)
  return line =>
    (filter.since === undefined || line.timeMs >= filter.since) &&
    (filter.until === undefined || line.timeMs <= filter.until) &&
    has(filter.replica, line.replicaId) &&
    has(filter.revision, line.revision) &&
    (line.dropped !== undefined ||
      (has(filter.level, line.level ?? 'none') &&
        has(filter.stream, line.stream) &&
        (filter.request === '' || line.requestId === filter.request)))
}

/** The whole filter at once, where its expression may be trusted or is none. */
export function lineTest(filter: LogFilter, text: TextTest = textTest(filter)): (line: LogLine) => boolean {
  const fields = fieldsTest(filter)
  const needsText = filter.q !== '' || filter.not !== ''
  const unwanted = filter.not.toLowerCase()
  return line => {
    if (!fields(line)) return false
    if (!needsText || line.dropped !== undefined) return true
    const plain = stripAnsi(line.text)
    return (unwanted === '' || !plain.toLowerCase().includes(unwanted)) && text(plain)
  }
}

/** Where in a text the search matches, for marking; at most `limit` ranges. */
export function matchRanges(
  text: string,
  filter: Pick<LogFilter, 'q' | 'regex' | 'case'>,
  limit = 50,
): [from: number, to: number][] {
  if (filter.q === '') return []
  const source = filter.regex ? filter.q : filter.q.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  let expression: RegExp
  try {
    expression = new RegExp(source, filter.case ? 'g' : 'gi')
  } catch {
    return []
  }
  const ranges: [number, number][] = []
  for (const match of text.matchAll(expression)) {
    if (match[0] !== '') ranges.push([match.index, match.index + match[0].length])
    if (ranges.length >= limit) break
  }
  return ranges
}
