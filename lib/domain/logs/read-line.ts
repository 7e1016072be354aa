import { decode, SURELY_SHORT } from './decode'
import { continues, type GroupState } from './group'
import type { LogStream } from './line'
import type { LineRuns } from './line-runs'
import { type LineFacts, parseLine, plainLine } from './parse-line'
import { arePlain, mayNameRequests } from './plain-lines'

/** What is remembered of each stream. */
export type Groups = { stdout: GroupState | null; stderr: GroupState | null }

export type Origin = { timeMs: number; stream: LogStream; cutBytes?: number }

/** Reads a line and puts it to the others. */
export function readLine(groups: Groups, origin: Origin, text: string, into: LineRuns): void {
  const { timeMs: readAtMs, stream, cutBytes = 0 } = origin
  const group = groups[stream]
  const plain = plainLine(text)
  const { belongs, trace } = continues(group, plain, readAtMs)
  const own = parseLine(plain, readAtMs)
  const facts = belongs ? joined(own, group, readAtMs) : own
  if (belongs || cutBytes > 0) {
    const extras = { ...(belongs && { continues: true as const }), ...(cutBytes > 0 && { cutBytes }) }
    into.addAlone({ ...facts, stream, texts: [text], ...extras })
  } else into.add(facts, stream, text)
  groups[stream] = {
    level: facts.level,
    requestId: facts.requestId,
    timeMs: readAtMs,
    isHead: !belongs,
    trace,
  }
}

/** A line of a block is of the block's level, and of its request unless it names one itself. */
const joined = ({ requestId }: LineFacts, group: GroupState | null, timeMs: number): LineFacts => ({
  timeMs,
  level: group?.level ?? null,
  requestId: requestId ?? group?.requestId ?? null,
})

/** Reads the lines of a block that were written together. */
export function readLines(
  groups: Groups,
  origin: Origin,
  { block, texts }: { block: string; texts: readonly string[] },
  into: LineRuns,
): void {
  const { timeMs, stream } = origin
  const isInTrace = (groups[stream]?.trace ?? 'none') !== 'none'
  if (isInTrace || block.length >= SURELY_SHORT || !arePlain(block)) {
    for (const whole of texts) {
      const { text, cutBytes } = decode(whole)
      readLine(groups, { timeMs, stream, cutBytes }, text, into)
    }
    return
  }
  const mayName = mayNameRequests(block)
  let facts: LineFacts | undefined
  for (const text of texts) {
    facts = parseLine(text, timeMs, mayName)
    into.add(facts, stream, text)
  }
  // None of them looks at the one before: only the last is remembered.
  if (facts)
    groups[stream] = { level: facts.level, requestId: facts.requestId, timeMs, isHead: true, trace: 'none' }
}
