/** What `TRACE_HEAD` (`group.ts`) can begin with; short, because short texts are found fastest. */
const TRACE_PARTS = ['back', 'gorou', 'panic', 'xcept', 'rror: ']
/** Escape sequences, ends of Windows' lines, and what a program of several puts before each line (`wrapping.ts`). */
const SPECIAL = ['\x1b', '\r', '\n(', '\n[rank']
/** Behind a newline, or behind a head that is repeated before every line (`bodyOf`). */
const INDENTED = ['\n  ', '\n\t', ']   ', '] \t']
const BEGINS_SPECIAL = /^(?: {2}|[\t(]|\[rank)/

const holdsAny = (text: string, parts: readonly string[]): boolean => parts.some(part => text.includes(part))

/**
 * False where any of these lines (with newlines between them) may be more than a line by itself: indented, part of a
 * trace, coloured, wrapped. Asked once of many lines, it saves each of them as many questions.
 */
export const arePlain = (block: string): boolean =>
  !(
    BEGINS_SPECIAL.test(block) ||
    holdsAny(block, SPECIAL) ||
    holdsAny(block, TRACE_PARTS) ||
    holdsAny(block, INDENTED)
  )

/** Whether any of these lines may name a request id (`requestIdOfText`). */
export const mayNameRequests = (text: string): boolean =>
  (text.includes('q') || text.includes('Q')) && /req/i.test(text)
