import type { LogStream, NewLogLine, NewLogLines } from './line'
import type { LineFacts } from './parse-line'

/** Puts lines together that differ in their texts alone. */
export class LineRuns {
  readonly all: NewLogLines[] = []
  private last: LineFacts | undefined
  private stream: LogStream | undefined
  private texts: string[] = []

  add(facts: LineFacts, stream: LogStream, text: string): void {
    const { last } = this
    const isLikeLast =
      last &&
      last.timeMs === facts.timeMs &&
      last.level === facts.level &&
      last.requestId === facts.requestId &&
      this.stream === stream
    if (isLikeLast) {
      this.texts.push(text)
      return
    }
    const { timeMs, level, requestId } = facts
    this.texts = [text]
    this.last = facts
    this.stream = stream
    this.all.push({ timeMs, stream, level, requestId, texts: this.texts })
  }

  /** What nothing is put together with. */
  addAlone(lines: NewLogLines): void {
    this.last = undefined
    this.all.push(lines)
  }
}

/** How many lines these are. */
export const countLines = (runs: readonly NewLogLines[]): number =>
  runs.reduce((sum, { texts }) => sum + texts.length, 0)

/** All but the first so many lines. */
export function linesBehind(runs: readonly NewLogLines[], count: number): readonly NewLogLines[] {
  let left = count
  const index = runs.findIndex(({ texts }) => {
    if (texts.length > left) return true
    left -= texts.length
    return false
  })
  const first = runs[index]
  if (!first) return []
  const rest = runs.slice(index + 1)
  return [left === 0 ? first : { ...first, texts: first.texts.slice(left) }, ...rest]
}

/** Each line by itself. */
export const linesOfRuns = (runs: readonly NewLogLines[]): NewLogLine[] =>
  runs.flatMap(({ texts, ...line }) => texts.map(text => ({ ...line, text })))
