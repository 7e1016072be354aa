import { decode } from './decode'
import { droppedText, type LogStream, type NewLogLines } from './line'
import { LineRuns } from './line-runs'
import { type Groups, readLine, readLines } from './read-line'

/**
 * A line without its newline, or, decoded, several that were written together, with newlines between them.
 * `cutBytes`: what is missing behind the text already.
 */
export type RawLine = { timeMs: number; stream: LogStream; text: string | Uint8Array; cutBytes?: number }

/**
 * Everything that must survive a restart for the next line of a replica to be read as if there had been none. It
 * is stored in the same frame as the lines and the source position.
 */
export type IntakeState = {
  groups: Groups
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
): { state: IntakeState; lines: NewLogLines[] } {
  const state: IntakeState = { ...before, groups: { ...before.groups } }
  const runs = new LineRuns()
  for (const item of raw) {
    const second = Math.floor(item.timeMs / 1000)
    if (second !== state.second) {
      state.second = second
      state.linesInSecond = 0
    }
    const { text, cutBytes } = textOf(item)
    const block = redact(text)
    const texts = block.includes('\n') ? block.split('\n') : [block]
    const room = Math.max(0, linesPerSecond - state.linesInSecond)
    const taken = texts.length <= room ? texts : texts.slice(0, room)
    state.linesInSecond += texts.length
    if (taken.length > 0 && state.dropped > 0) runs.addAlone(takeMarker(state, item))
    if (texts.length > 1) readLines(state.groups, item, { block, texts: taken }, runs)
    else for (const one of taken) readLine(state.groups, { ...item, cutBytes }, one, runs)
    state.dropped += texts.length - taken.length
  }
  return { state, lines: runs.all }
}

/** Lines that came together are short and have been cut where they had to be. */
const textOf = ({ text, cutBytes = 0 }: RawLine): { text: string; cutBytes: number } => {
  if (typeof text === 'string' && text.includes('\n')) return { text, cutBytes }
  const decoded = decode(text)
  return { text: decoded.text, cutBytes: cutBytes + decoded.cutBytes }
}

/** Says what is still unsaid, when nothing follows that would. */
export function closeIntake(
  before: IntakeState,
  timeMs: number,
): { state: IntakeState; lines: NewLogLines[] } {
  if (before.dropped === 0) return { state: before, lines: [] }
  const state = { ...before }
  return { state, lines: [takeMarker(state, { timeMs, stream: 'stderr' })] }
}

function takeMarker(state: IntakeState, at: { timeMs: number; stream: LogStream }): NewLogLines {
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
): NewLogLines => ({ timeMs, stream, level: 'warning', requestId: null, texts: [text], dropped: count })
