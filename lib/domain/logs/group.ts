import type { LogLevel } from './line'
import { bodyOf } from './wrapping'

/** What is remembered of a stream between two lines, to know whether the next belongs to the last. */
export type GroupState = {
  level: LogLevel | null
  requestId: string | null
  timeMs: number
  /** It began a block itself. */
  isHead: boolean
  /** In a trace whose closing line is not indented (Python, Go, Rust), or right behind one that closed. */
  trace: 'none' | 'open' | 'closed'
}

/** Lines of one block are written together; an indented line after a pause stands for itself. */
const MAX_PAUSE_MS = 5_000

const TRACE_HEAD =
  /Traceback \(most recent call last\):|^goroutine \d+ \[|^stack backtrace:|panicked at |^Exception in thread |^Error: /
/** Not indented, yet part of the trace before them. */
const TRACE_LINE =
  /^(?:Caused by:|During handling of the above exception|The above exception was the direct cause|Traceback \(most recent call last\):|goroutine \d+ \[|stack backtrace:|note: run with|\[\w+ lines? omitted\])/
/** The last line of a Python trace: "ValueError: …", "torch.OutOfMemoryError: …", "KeyboardInterrupt". */
const TRACE_CLOSE =
  /^(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit|Timeout|Iteration|Refused)\b.*$/

const INDENTED = /^(?:\t| {2,})\S/
/** Asked of every line, and most begin with neither. */
const isIndented = (plain: string): boolean =>
  (plain.startsWith('  ') || plain.startsWith('\t')) && INDENTED.test(plain)

export type Verdict = { belongs: boolean; trace: GroupState['trace'] }

// One each, because most lines of most logs get one of the first two.
const ALONE: Verdict = { belongs: false, trace: 'none' }
const ALONE_OPEN: Verdict = { belongs: false, trace: 'open' }
const BELONGS: Record<GroupState['trace'], Verdict> = {
  none: { belongs: true, trace: 'none' },
  open: { belongs: true, trace: 'open' },
  closed: { belongs: true, trace: 'closed' },
}

/**
 * Whether a line, as its process wrote it and without ANSI, continues the line before it, and how it stands with a
 * trace behind it.
 */
export function continues(state: GroupState | null, line: string, readAtMs: number): Verdict {
  const plain = bodyOf(line)
  const opens = TRACE_HEAD.test(plain)
  const alone = opens ? ALONE_OPEN : ALONE
  if (!state || readAtMs - state.timeMs > MAX_PAUSE_MS) return alone
  if (isIndented(plain)) return BELONGS[opens ? 'open' : state.trace]
  switch (state.trace) {
    case 'open':
      if (plain.trim() === '' || TRACE_LINE.test(plain)) return BELONGS.open
      return TRACE_CLOSE.test(plain) ? BELONGS.closed : alone
    case 'closed':
      if (plain.trim() === '') return BELONGS.closed
      return !opens && TRACE_LINE.test(plain) ? BELONGS.open : alone
    case 'none': {
      // A trace belongs to the error it was logged with.
      const isError = state.isHead && (state.level === 'error' || state.level === 'critical')
      return isError && opens ? BELONGS.open : alone
    }
  }
}
