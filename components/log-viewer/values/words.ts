/** At most this many words of a line can be pointed at; a longer one is payload, which the search finds. */
const MAX_WORDS = 400
const WORD = /[^\s"'`(),;=[\]{}<>|]+/g

export type Piece = { text: string; at: number; isWord: boolean }

/** Cuts a text into what can be pointed at and what stands between; joined they are the text again. */
export function wordsOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let words = 0
  const between = (end: number) => {
    if (end > at) pieces.push({ text: text.slice(at, end), at, isWord: false })
    at = end
  }
  for (const match of text.matchAll(WORD)) {
    const word = match[0].replace(/[.:!?]+$/, '')
    // Signs alone (`-`, `→`, `|`) are nothing to search for.
    if (!/[\p{L}\p{N}]/u.test(word)) continue
    if (words >= MAX_WORDS) break
    words += 1
    between(match.index)
    pieces.push({ text: word, at, isWord: true })
    at += word.length
  }
  between(text.length)
  return pieces
}
