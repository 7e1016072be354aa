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

/** Lines that were written together are looked for in pieces of this size; one that had to be cut is longer. */
const PIECE_CHARACTERS = 16 * 1024
/** Smaller ones are not divided further, but read line by line. */
const LEAST_CHARACTERS = 512

/**
 * Every line of a text that ends with a newline, and how many they are. Lines that were written together have one
 * head and come as one, with newlines between them: what is done per line is done millions of times.
 */
export function parseLogLines(text: string): { lines: LogLine[]; count: number } {
  const parsed = { lines: [], count: 0 }
  for (let start = 0; start < text.length; ) {
    const end = Math.max(text.lastIndexOf('\n', start + PIECE_CHARACTERS), text.indexOf('\n', start))
    parsePiece(text.slice(start, end), parsed)
    start = end + 1
  }
  return parsed
}

function parsePiece(piece: string, into: { lines: LogLine[]; count: number }): void {
  const together = writtenTogether(piece)
  const middle = together || piece.length < LEAST_CHARACTERS ? -1 : piece.lastIndexOf('\n', piece.length / 2)
  if (together) {
    into.lines.push(together.line)
    into.count += together.count
  } else if (middle >= 0) {
    parsePiece(piece.slice(0, middle), into)
    parsePiece(piece.slice(middle + 1), into)
  } else {
    const lines = piece.split('\n')
    for (const line of lines) into.lines.push(parseLogLine(line))
    into.count += lines.length
  }
}

const HEAD = /^\d{1,16} [oe] /

/** Null where not every line of the piece has the first one's head. */
function writtenTogether(piece: string): { line: LogLine; count: number } | null {
  const [head] = HEAD.exec(piece) ?? []
  const next = piece.indexOf('\n') + 1
  if (!head || next === 0 || !piece.startsWith(head, next)) return null
  if (!piece.startsWith(head, piece.lastIndexOf('\n') + 1)) return null
  const text = piece.slice(head.length).replaceAll(`\n${head}`, '\n')
  const count = countLines(text)
  const removed = (piece.length - text.length) / head.length
  const own = parseLogLine(head)
  if (count !== removed || own.text !== '') return null
  return { line: { ...own, text }, count }
}

export function countLines(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
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
