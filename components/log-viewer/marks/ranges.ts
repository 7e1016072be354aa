export type Range = [from: number, to: number]

/** More marks than this in one row help nobody. */
export const MAX_RANGES = 50

/** Where any of some texts stands in a text, sorted, none overlapping another. Linear, whatever the text is. */
export function textRanges(text: string, wanted: readonly { text: string; matchCase: boolean }[]): Range[] {
  const found: Range[] = []
  const lower = text.toLowerCase()
  // A few letters change their length with their case; then places in one are none in the other.
  const isAligned = lower.length === text.length
  for (const { text: needle, matchCase } of wanted) {
    const [hay, sought] = matchCase || !isAligned ? [text, needle] : [lower, needle.toLowerCase()]
    if (sought === '') continue
    for (let at = hay.indexOf(sought); at !== -1 && found.length < MAX_RANGES; ) {
      found.push([at, at + sought.length])
      at = hay.indexOf(sought, at + sought.length)
    }
  }
  return joined(found)
}

/** Ranges that touch or overlap become one. */
export function joined(ranges: readonly Range[]): Range[] {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0])
  const result: Range[] = []
  for (const [from, to] of sorted) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
