export const LOG_STREAMS = ['stdout', 'stderr'] as const
export type LogStream = (typeof LOG_STREAMS)[number]

/** From least to most severe. A line whose level is not written in it has none: nothing is guessed from a stream. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Longer lines are cut here, and say by how much. */
export const MAX_LINE_BYTES = 64 * 1024

/** One line as collected, before it has its place in the endpoint's log. */
export type NewLogLine = {
  /** From the line itself where it carries a full time, else from whoever held the pipe. */
  timeMs: number
  stream: LogStream
  level: LogLevel | null
  requestId: string | null
  /** As written: ANSI sequences kept, invalid UTF-8 replaced. Untrusted. */
  text: string
  /** How many bytes behind `text` were left off. */
  cutBytes?: number
  /** Belongs to the line before it of the same replica and stream: a stack trace, an indented block. */
  continues?: true
  /** Not a line of the container: this many lines are missing here. */
  dropped?: number
}

/** Lines in a row that differ in their texts alone; most do, and what is made per line is made millions of times. */
export type NewLogLines = Omit<NewLogLine, 'text'> & { texts: readonly string[] }

export type LogLine = NewLogLine & {
  /** Counts up by one per endpoint, over all replicas: the canonical order. */
  seq: number
  replicaId: string
  revision: number
}

/** The text of a marker. The count is also in `dropped`, for programs. */
export const droppedText = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'line' : 'lines'} dropped`
