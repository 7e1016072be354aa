import type { LogLine } from '@/lib/domain/logs/line'

/** More than this a browser tab does not hold; what lies beyond is read again when somebody scrolls there. */
export const MAX_LINES = 50_000

/**
 * The stretch of a log that the browser holds: every matching line between `first` and `last`. Growing on one side
 * beyond the cap lets go on the other. Immutable, so a snapshot of it can be drawn while the next is made.
 */
export type LineWindow = {
  lines: readonly LogLine[]
  /** The numbers the window accounts for; it is empty when `last < first`. */
  first: number
  last: number
  /** Lines let go of on either side because of the cap. */
  cappedOlder: boolean
  cappedNewer: boolean
}

/** A window that holds nothing and lies right behind `last`. */
export const emptyWindow = (last: number): LineWindow => ({
  lines: [],
  first: last + 1,
  last,
  cappedOlder: false,
  cappedNewer: false,
})

/** Adds lines at the newer end. What the window accounts for already is not added twice. */
export function addNewer(window: LineWindow, lines: readonly LogLine[], last: number): LineWindow {
  const fresh = lines.filter(line => line.seq > window.last)
  const all = fresh.length === 0 ? window.lines : window.lines.concat(fresh)
  const over = all.length - MAX_LINES
  const kept = over > 0 ? all.slice(over) : all
  return {
    ...window,
    lines: kept,
    first: over > 0 ? (kept[0]?.seq ?? window.first) : window.first,
    last: Math.max(window.last, last),
    cappedOlder: window.cappedOlder || over > 0,
  }
}

/** Adds lines, in ascending order, at the older end. */
export function addOlder(window: LineWindow, lines: readonly LogLine[], first: number): LineWindow {
  const fresh = lines.filter(line => line.seq < window.first)
  const all = fresh.length === 0 ? window.lines : fresh.concat(window.lines)
  const over = all.length - MAX_LINES
  const kept = over > 0 ? all.slice(0, MAX_LINES) : all
  return {
    ...window,
    lines: kept,
    first: Math.min(window.first, first),
    last: over > 0 ? (kept.at(-1)?.seq ?? window.last) : window.last,
    cappedNewer: window.cappedNewer || over > 0,
  }
}

/** Index of a line, or of the next newer one that is there; -1 when there is none. */
export function indexOfSeq(lines: readonly LogLine[], seq: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.seq ?? 0) < seq) low = middle + 1
    else high = middle
  }
  return low < lines.length ? low : -1
}
