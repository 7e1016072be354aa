import type { Span } from './align'
import { softmax } from './scores'

/** One reading of (a window of) the context: where each context token lies, and the model's logits. */
export type Reading = {
  /** Position in the logits and place in the context of each of the context's tokens. */
  tokens: readonly { index: number; span: Span }[]
  startLogits: readonly number[]
  endLogits: readonly number[]
}

export type Candidate = Span & { score: number }

/**
 * The best spans of one reading: the product of the start's and the end's probability, over the context's tokens and
 * position 0 (which stands for "no answer"), no longer than `maxTokens`.
 */
export function bestSpans(
  { tokens, startLogits, endLogits }: Reading,
  { count, maxTokens }: { count: number; maxTokens: number },
): { spans: Candidate[]; noAnswer: number } {
  const positions = [0, ...tokens.map(token => token.index)]
  const starts = softmax(positions.map(position => startLogits[position] ?? Number.NEGATIVE_INFINITY))
  const ends = softmax(positions.map(position => endLogits[position] ?? Number.NEGATIVE_INFINITY))
  const spans: Candidate[] = []
  for (let first = 0; first < tokens.length; first++) {
    for (let last = first; last < Math.min(tokens.length, first + maxTokens); last++) {
      const start = tokens[first]?.span.start ?? 0
      const end = tokens[last]?.span.end ?? start
      const score = (starts[first + 1] ?? 0) * (ends[last + 1] ?? 0)
      keepBest(spans, { start, end, score }, count)
    }
  }
  return { spans, noAnswer: (starts[0] ?? 0) * (ends[0] ?? 0) }
}

/** Inserts in order of score, keeping only the best few. */
function keepBest(spans: Candidate[], candidate: Candidate, count: number): void {
  const worst = spans.at(-1)
  if (spans.length >= count && worst && candidate.score <= worst.score) return
  const at = spans.findIndex(span => span.score < candidate.score)
  spans.splice(at < 0 ? spans.length : at, 0, candidate)
  if (spans.length > count) spans.pop()
}
