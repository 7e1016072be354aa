import { z } from 'zod'

export type TokenUsage = { tokensIn: number; tokensOut: number }

const count = z.number().int().nonnegative()
/** OpenAI's chat and completions say prompt / completion, its responses (and Anthropic) input / output. */
const usage = z.union([
  z
    .object({ prompt_tokens: count, completion_tokens: count.default(0) })
    .transform(found => ({ tokensIn: found.prompt_tokens, tokensOut: found.completion_tokens })),
  z
    .object({ input_tokens: count, output_tokens: count.default(0) })
    .transform(found => ({ tokensIn: found.input_tokens, tokensOut: found.output_tokens })),
])

const KEY = '"usage"'
/** A replica could repeat the word to make the search expensive. */
const MAX_TRIES = 3

/** The end of the JSON object that begins at `start`; -1 when it is cut off. Braces in strings are skipped. */
function objectEnd(text: string, start: number): number {
  let depth = 0
  let inString = false
  for (let i = start; i < text.length; i++) {
    const char = text[i]
    if (inString) {
      if (char === '\\') i++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return i + 1
  }
  return -1
}

/**
 * Token counts an answer states about itself: the last `"usage": {…}` in the given end of a JSON or event-stream
 * body. Null where there is none, which is the case for most answers and costs one search of bytes.
 */
export function usageIn(tail: Buffer): TokenUsage | null {
  if (tail.lastIndexOf(KEY) === -1) return null
  const text = tail.toString('utf8')
  let at = text.lastIndexOf(KEY)
  for (let tries = 0; at !== -1 && tries < MAX_TRIES; tries++) {
    const found = usageAt(text, at + KEY.length)
    if (found) return found
    at = at === 0 ? -1 : text.lastIndexOf(KEY, at - 1)
  }
  return null
}

function usageAt(text: string, from: number): TokenUsage | null {
  const start = text.indexOf('{', from)
  // Only a colon may stand between: `"usage": null` is no object.
  if (start === -1 || text.slice(from, start).trim() !== ':') return null
  const end = objectEnd(text, start)
  if (end === -1) return null
  try {
    return usage.safeParse(JSON.parse(text.slice(start, end))).data ?? null
  } catch {
    // Not JSON after all: a text that merely mentions the word.
    return null
  }
}
