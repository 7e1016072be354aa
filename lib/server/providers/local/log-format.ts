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

/** What the shim says behind a line it cut. */
export const cutNote = (bytes: number): string => ` [slipway: line cut, ${bytes} more bytes]`
const CUT_NOTE = / \[slipway: line cut, (\d{1,15}) more bytes\]$/

export type LogLine = { timeMs: number; stream: LogStream; text: string; cutBytes?: number }

/** One line without its newline. What does not look like ours is kept whole: a damaged file loses no text. */
export function parseLogLine(line: string): LogLine {
  const space = line.indexOf(' ')
  const timeMs = space > 0 && space <= 16 ? Number(line.slice(0, space)) : Number.NaN
  const letter = line[space + 1]
  const isOurs = Number.isSafeInteger(timeMs) && (letter === 'o' || letter === 'e') && line[space + 2] === ' '
  if (!isOurs) return { timeMs: 0, stream: 'stdout', text: line }
  const own = { timeMs, stream: letter === 'o' ? ('stdout' as const) : ('stderr' as const) }
  return { ...own, ...cutOf(line.slice(space + 3)) }
}

/** Text and how much is missing of it, where the shim had to cut; only as long as it cuts can it have said so. */
function cutOf(text: string): { text: string; cutBytes?: number } {
  const note = text.length * 3 > MAX_LINE_BYTES ? CUT_NOTE.exec(text) : null
  return note ? { text: text.slice(0, note.index), cutBytes: Number(note[1]) } : { text }
}

/** Every line of a text that ends with a newline. Lines written at once share their head, which is read once. */
export function parseLogLines(text: string): LogLine[] {
  const lines: LogLine[] = []
  let head = ''
  let last: LogLine | undefined
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    if (last && head !== '' && text.startsWith(head, start)) {
      lines.push({ timeMs: last.timeMs, stream: last.stream, ...cutOf(text.slice(start + head.length, end)) })
    } else {
      last = parseLogLine(text.slice(start, end))
      head = last.cutBytes === undefined ? text.slice(start, end - last.text.length) : ''
      lines.push(last)
    }
    start = end + 1
  }
  return lines
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
