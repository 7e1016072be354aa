import { continues, type GroupState } from './group'
import { droppedText, type LogStream, MAX_LINE_BYTES, type NewLogLine } from './line'
import { parseLine, plainLine } from './parse-line'

/** `cutBytes`: what is missing behind the text already. */
export type RawLine = { timeMs: number; stream: LogStream; text: string | Uint8Array; cutBytes?: number }

/**
 * Everything that must survive a restart for the next line of a replica to be read as if there had been none. It
 * is stored in the same frame as the lines and the source position.
 */
export type IntakeState = {
  groups: { stdout: GroupState | null; stderr: GroupState | null }
  /** The second of the log the rate is counted in, and how many lines it had. */
  second: number
  linesInSecond: number
  /** Dropped and not yet said. */
  dropped: number
}

export const emptyIntake = (): IntakeState => ({
  groups: { stdout: null, stderr: null },
  second: 0,
  linesInSecond: 0,
  dropped: 0,
})

const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })

/**
 * Turns what a replica wrote into lines. The rate is counted in the log's own time, not in ours: reading up after
 * a pause drops nothing, and reading the same bytes again drops the same lines. `redact` takes secrets out before
 * anything is read from a line.
 */
export function intake(
  before: IntakeState,
  raw: readonly RawLine[],
  linesPerSecond: number,
  redact: (text: string) => string = text => text,
): { state: IntakeState; lines: NewLogLine[] } {
  const { stdout, stderr } = before.groups
  const state: IntakeState = {
    ...before,
    groups: { stdout: stdout && { ...stdout }, stderr: stderr && { ...stderr } },
  }
  const lines: NewLogLine[] = []
  for (const line of raw) {
    const second = Math.floor(line.timeMs / 1000)
    if (second !== state.second) {
      state.second = second
      state.linesInSecond = 0
    }
    state.linesInSecond += 1
    if (state.linesInSecond > linesPerSecond) {
      state.dropped += 1
      continue
    }
    if (state.dropped > 0) lines.push(takeMarker(state, line))
    lines.push(readLine(state, line, redact))
  }
  return { state, lines }
}

/** Says what is still unsaid, when nothing follows that would. */
export function closeIntake(
  before: IntakeState,
  timeMs: number,
): { state: IntakeState; lines: NewLogLine[] } {
  if (before.dropped === 0) return { state: before, lines: [] }
  const state = { ...before }
  return { state, lines: [takeMarker(state, { timeMs, stream: 'stderr' })] }
}

function takeMarker(state: IntakeState, at: { timeMs: number; stream: LogStream }): NewLogLine {
  const marker = dropMarker(state.dropped, at.timeMs, at.stream)
  state.dropped = 0
  return marker
}

/** A line in place of `count` others. */
export const dropMarker = (
  count: number,
  timeMs: number,
  stream: LogStream,
  text = droppedText(count),
): NewLogLine => ({ timeMs, stream, level: 'warning', requestId: null, text, dropped: count })

function readLine(state: IntakeState, raw: RawLine, redact: (text: string) => string): NewLogLine {
  const { text: whole, cutBytes: cutHere } = decode(raw.text)
  const cutBytes = cutHere + (raw.cutBytes ?? 0)
  const text = redact(whole)
  const group = state.groups[raw.stream]
  const plain = plainLine(text)
  const { belongs, trace } = continues(group, plain, raw.timeMs)
  const facts = parseLine(plain, raw.timeMs)
  const line: NewLogLine = {
    timeMs: belongs ? raw.timeMs : facts.timeMs,
    stream: raw.stream,
    level: belongs ? (group?.level ?? null) : facts.level,
    requestId: facts.requestId ?? (belongs ? (group?.requestId ?? null) : null),
    text,
  }
  if (belongs) line.continues = true
  if (cutBytes > 0) line.cutBytes = cutBytes
  remember(state, line, raw.timeMs, trace)
  return line
}

/** Written over the last one's in place: this runs for every line. */
function remember(
  { groups }: IntakeState,
  { stream, level, requestId, continues }: NewLogLine,
  timeMs: number,
  trace: GroupState['trace'],
): void {
  const isHead = !continues
  const group = groups[stream]
  if (!group) groups[stream] = { level, requestId, timeMs, isHead, trace }
  else {
    group.level = level
    group.requestId = requestId
    group.timeMs = timeMs
    group.isHead = isHead
    group.trace = trace
  }
}

const encoder = new TextEncoder()
/** A character takes at most three bytes per unit of its string: shorter texts need not be counted. */
const SURELY_SHORT = MAX_LINE_BYTES / 3

/** Text of at most 64 KiB; a character cut in half is left off whole. */
function decode(text: string | Uint8Array): { text: string; cutBytes: number } {
  if (typeof text === 'string' && text.length < SURELY_SHORT)
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, cutBytes: 0 }
  const bytes = typeof text === 'string' ? encoder.encode(text) : text
  let end = bytes.length
  if (end > 0 && bytes[end - 1] === 0x0d) end -= 1
  if (end <= MAX_LINE_BYTES) return { text: decoder.decode(bytes.subarray(0, end)), cutBytes: 0 }
  let cut = MAX_LINE_BYTES
  // Continuation bytes of UTF-8 are 10xxxxxx; at most three of them follow a leading byte.
  for (let back = 0; back < 3 && ((bytes[cut] ?? 0) & 0xc0) === 0x80; back += 1) cut -= 1
  return { text: decoder.decode(bytes.subarray(0, cut)), cutBytes: end - cut }
}
