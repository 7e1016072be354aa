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
  const isExcepted = exceptTest(filter.except)
  const has = <T>(wanted: readonly T[], value: T) => wanted.length === 0 || wanted.includes(value)
  return line =>
    (filter.since === undefined || line.timeMs >= filter.since) &&
    (filter.until === undefined || line.timeMs <= filter.until) &&
    has(filter.replica, line.replicaId) &&
    has(filter.revision, line.revision) &&
    !isExcepted(line) &&
    (line.dropped !== undefined ||
      (has(filter.level, line.level ?? 'none') &&
        has(filter.stream, line.stream) &&
        (filter.request === '' || line.requestId === filter.request)))
}

/** A marker has a replica and a revision; the rest of what it stands for is not known. */
function exceptTest(except: readonly string[]): (line: LogLine) => boolean {
  if (except.length === 0) return () => false
  const values = new Set(except)
  return line =>
    values.has(`replica:${line.replicaId}`) ||
    values.has(`revision:${line.revision}`) ||
    (line.dropped === undefined &&
      (values.has(`level:${line.level ?? 'none'}`) ||
        values.has(`stream:${line.stream}`) ||
        (line.requestId !== null && values.has(`request:${line.requestId}`))))
}

/** The whole filter at once, where its expression may be trusted or is none. */
export function lineTest(filter: LogFilter, text: TextTest = textTest(filter)): (line: LogLine) => boolean {
  const fields = fieldsTest(filter)
  const wanted = filter.with.map(text => text.toLowerCase())
  const unwanted = filter.not.map(text => text.toLowerCase())
  const needsText = filter.q !== '' || wanted.length + unwanted.length > 0
  return line => {
    if (!fields(line)) return false
    if (!needsText || line.dropped !== undefined) return true
    const plain = stripAnsi(line.text)
    if (wanted.length + unwanted.length > 0) {
      const lower = plain.toLowerCase()
      if (unwanted.some(each => lower.includes(each)) || !wanted.every(each => lower.includes(each)))
        return false
    }
    return text(plain)
  }
}
