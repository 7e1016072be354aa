import type { LogLine } from './line'

/** Numbers that retention has removed take a line's place, like a marker of dropped lines: the hole is seen where it is. */
export function gapLine({ first, last }: { first: number; last: number }, timeMs = 0): LogLine {
  const count = last - first + 1
  return {
    seq: last,
    timeMs,
    stream: 'stdout',
    level: 'warning',
    requestId: null,
    replicaId: '',
    revision: 0,
    text: `${count.toLocaleString('en-US')} ${count === 1 ? 'line is' : 'lines are'} no longer kept`,
    dropped: count,
  }
}
