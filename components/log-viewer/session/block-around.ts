import type { LogLine } from '@/lib/domain/logs/line'

/** A trace is read whole; something that never ends is not. */
const MAX_BLOCK = 300
/** Other replicas write in between; further away than this nothing is looked for. */
const MAX_DISTANCE = 2_000

/** The line at `index` with those it continues and those that continue it: a stack trace as one. */
export function blockAround(lines: readonly LogLine[], index: number): LogLine[] {
  const line = lines[index]
  if (!line || line.dropped !== undefined) return line ? [line] : []
  const isSame = (other: LogLine) => other.replicaId === line.replicaId && other.stream === line.stream
  const block = [line]
  for (let at = index - 1; block[0]?.continues && at >= 0 && index - at < MAX_DISTANCE; at -= 1) {
    const other = lines[at]
    if (other && isSame(other)) block.unshift(other)
    if (block.length >= MAX_BLOCK) break
  }
  for (let at = index + 1; at < lines.length && at - index < MAX_DISTANCE; at += 1) {
    const other = lines[at]
    if (!other || !isSame(other)) continue
    if (!other.continues || block.length >= MAX_BLOCK) break
    block.push(other)
  }
  return block
}
