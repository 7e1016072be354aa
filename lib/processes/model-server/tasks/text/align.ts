export type Span = { start: number; end: number }

/** How far ahead a token is looked for: past a few characters the tokenizer dropped, not past whole sentences. */
const LOOK_AHEAD = 40

/** A text with its tokenizer's usual changes undone by position: lower case, no accents, no spaces. */
type Folded = { characters: string; origins: Span[] }

function fold(text: string): Folded {
  let characters = ''
  const origins: Span[] = []
  let start = 0
  for (const character of text) {
    const end = start + character.length
    const plain = character
      .normalize('NFKD')
      .replace(/[\p{M}\s\p{Cc}]/gu, '')
      .toLowerCase()
    for (let index = 0; index < plain.length; index++) origins.push({ start, end })
    characters += plain
    start = end
  }
  return { characters, origins }
}

/**
 * Finds where in the text each token came from, in characters; the library's tokenizers do not say. Tokens are given
 * decoded, in order. A token that cannot be found (an unknown word, half a character) is null.
 */
export function alignTokens(text: string, tokens: readonly string[]): (Span | null)[] {
  const folded = fold(text)
  let cursor = 0
  return tokens.map(token => {
    const wanted = fold(token.replace(/^##/, '').replace(/[▁Ġ]/g, ' ')).characters
    if (wanted === '' || wanted.includes('\ufffd')) return null
    const at = folded.characters.slice(cursor, cursor + LOOK_AHEAD + wanted.length).indexOf(wanted)
    if (at < 0) return null
    const first = folded.origins[cursor + at]
    const last = folded.origins[cursor + at + wanted.length - 1]
    cursor += at + wanted.length
    return first && last ? { start: first.start, end: last.end } : null
  })
}

/** Gives tokens without a place the gap between their neighbours, trimmed of spaces. */
export function fillGaps(text: string, spans: readonly (Span | null)[]): Span[] {
  return spans.map((span, index) => {
    if (span) return span
    const before = spans.slice(0, index).findLast(other => other !== null)
    const after = spans.slice(index + 1).find(other => other !== null)
    const gap = text.slice(before?.end ?? 0, after?.start ?? text.length)
    const start = (before?.end ?? 0) + (gap.length - gap.trimStart().length)
    return { start, end: Math.max(start, start + gap.trim().length) }
  })
}

const WORD = /[\p{L}\p{N}]/u

/** Whether two neighbouring spans are parts of one word. */
export const isContinuation = (text: string, before: Span | undefined, span: Span): boolean =>
  before !== undefined &&
  before.end === span.start &&
  WORD.test(text.charAt(span.start)) &&
  WORD.test(text.charAt(before.end - 1))

/** Widens a span until it begins and ends at word boundaries. */
export function toWords(text: string, span: Span): Span {
  let { start, end } = span
  if (WORD.test(text.charAt(start))) while (start > 0 && WORD.test(text.charAt(start - 1))) start -= 1
  if (WORD.test(text.charAt(end - 1))) while (end < text.length && WORD.test(text.charAt(end))) end += 1
  return { start, end }
}
