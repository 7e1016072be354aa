/**
 * The shim's log files, `<number>.log` with numbers that only go up. The first line is a header; every other one is
 * `<milliseconds since 1970> <o|e> <text>`, with the replica's bytes as they came. Lines are numbered over all
 * files of a replica and the header names how many came before, so a reader can tell what it missed.
 */
export const MAX_LINE_BYTES = 64 * 1024
export const LOG_FILE_BYTES = 8 * 1024 * 1024
/** Oldest files go beyond this: a quarter of a GiB per replica, unread or not. */
export const LOG_FILES = 32

export type LogStream = 'stdout' | 'stderr'

const HEADER = /^#slipway-log\/1 (\d+)\n/
const NEWLINE = 10

export const logHeader = (linesBefore: number): string => `#slipway-log/1 ${linesBefore}\n`

/** How many lines came before this file, and where its own begin; null while the header is not there. */
export function parseLogHeader(start: Buffer): { linesBefore: number; bytes: number } | null {
  const match = HEADER.exec(start.toString('latin1', 0, 64))
  return match ? { linesBefore: Number(match[1]), bytes: match[0].length } : null
}

export const linePrefix = (timeMs: number, stream: LogStream): string =>
  `${timeMs} ${stream === 'stdout' ? 'o' : 'e'} `

export type LogLine = { timeMs: number; stream: LogStream; text: Buffer }

/** One line without its newline. What does not look like ours is kept whole: a damaged file loses no text. */
export function parseLogLine(line: Buffer): LogLine {
  const space = line.indexOf(32)
  const timeMs = space > 0 && space <= 16 ? Number(line.toString('latin1', 0, space)) : Number.NaN
  const letter = line[space + 1]
  const isOurs =
    Number.isSafeInteger(timeMs) && (letter === 0x6f || letter === 0x65) && line[space + 2] === 32
  if (!isOurs) return { timeMs: 0, stream: 'stdout', text: line }
  return { timeMs, stream: letter === 0x6f ? 'stdout' : 'stderr', text: line.subarray(space + 3) }
}

export function countNewlines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++
  return count
}

const FILE_NAME = /^(\d{8})\.log$/
export const logFileName = (number: number): string => `${String(number).padStart(8, '0')}.log`

/** Numbers of the log files among these names, oldest first. */
export const logFileNumbers = (names: readonly string[]): number[] =>
  names
    .flatMap(name => FILE_NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)

/** A reader's place: file, byte offset in it, and how many lines of the replica lie before. */
export type LogPosition = { file: number; offset: number; line: number }

export const formatLogPosition = ({ file, offset, line }: LogPosition): string => `${file}:${offset}:${line}`

export function parseLogPosition(text: string | null): LogPosition | null {
  const match = text === null ? null : /^(\d{1,12}):(\d{1,12}):(\d{1,15})$/.exec(text)
  return match ? { file: Number(match[1]), offset: Number(match[2]), line: Number(match[3]) } : null
}
