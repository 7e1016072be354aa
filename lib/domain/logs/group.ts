import type { LogLevel } from './line'

/** What is remembered of a stream between two lines, to know whether the next belongs to the last. */
export type GroupState = {
  level: LogLevel | null
  requestId: string | null
  timeMs: number
  /** Inside a trace whose closing line is not indented (Python, Go, Rust). */
  inTrace: boolean
}

/** Lines of one block are written together; an indented line after a pause stands for itself. */
const MAX_PAUSE_MS = 5_000

const TRACE_HEAD =
  /Traceback \(most recent call last\):|^goroutine \d+ \[|^stack backtrace:|panicked at |^Exception in thread /
/** Not indented, yet part of the trace before them. */
const TRACE_LINE =
  /^(?:Caused by:|During handling of the above exception|The above exception was the direct cause|Traceback \(most recent call last\):|goroutine \d+ \[|stack backtrace:|note: run with|\[\w+ lines? omitted\])/
/** The last line of a Python trace: "ValueError: …", "torch.OutOfMemoryError: …", "KeyboardInterrupt". */
const TRACE_CLOSE =
  /^(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit|Timeout|Iteration|Refused)\b.*$/

const isIndented = (plain: string): boolean => /^(?:\t| {2,})\S/.test(plain)

/** Whether `plain` continues the line before it, and whether a trace is open behind it. */
export function continues(
  state: GroupState | null,
  plain: string,
  readAtMs: number,
): { belongs: boolean; inTrace: boolean } {
  const opens = TRACE_HEAD.test(plain)
  if (!state || readAtMs - state.timeMs > MAX_PAUSE_MS) return { belongs: false, inTrace: opens }
  if (isIndented(plain)) return { belongs: true, inTrace: state.inTrace || opens }
  if (!state.inTrace) {
    // "During handling of…" comes after the closing line of the first trace.
    const belongs = TRACE_LINE.test(plain) && state.level === 'error'
    return { belongs: belongs && !plain.startsWith('Traceback'), inTrace: belongs || opens }
  }
  if (plain.trim() === '') return { belongs: true, inTrace: true }
  if (TRACE_LINE.test(plain)) return { belongs: true, inTrace: true }
  return { belongs: TRACE_CLOSE.test(plain), inTrace: false }
}
