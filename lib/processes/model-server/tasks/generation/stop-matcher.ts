/**
 * Watches generated text for stop sequences. Text that may be the beginning of one is held back until it is clear
 * whether it is.
 */
export class StopMatcher {
  #held = ''
  #matched: string | null = null

  constructor(readonly sequences: readonly string[]) {}

  /** The sequence that was found, if one was. */
  get matched(): string | null {
    return this.#matched
  }

  /** The text that is safe to give out; after a match, what stood before it. */
  push(text: string): string {
    if (this.#matched !== null) return ''
    const whole = this.#held + text
    const first = this.sequences
      .map(sequence => ({ sequence, at: whole.indexOf(sequence) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0]
    if (first) {
      this.#matched = first.sequence
      this.#held = ''
      return whole.slice(0, first.at)
    }
    const keep = Math.max(0, ...this.sequences.map(sequence => overlap(whole, sequence)))
    this.#held = whole.slice(whole.length - keep)
    return whole.slice(0, whole.length - keep)
  }

  /** What was held back for a sequence that never came. */
  flush(): string {
    const held = this.#held
    this.#held = ''
    return held
  }
}

/** Length of the longest end of `text` that is a beginning of `sequence`. */
function overlap(text: string, sequence: string): number {
  for (let length = Math.min(text.length, sequence.length - 1); length > 0; length--) {
    if (text.endsWith(sequence.slice(0, length))) return length
  }
  return 0
}
