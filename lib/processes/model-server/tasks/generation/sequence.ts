import { IncrementalDecoder } from './incremental-decoder'
import { StopMatcher } from './stop-matcher'
import type { FinishReason, Generated, Token } from './types'

/** One answer while it is generated: collects tokens, decodes them, and says when it is over. */
export class GeneratedSequence {
  readonly #tokens: Token[] = []
  readonly #decoder: IncrementalDecoder
  readonly #stops: StopMatcher
  readonly #special: ReadonlySet<number>
  #text = ''
  #ended = false

  constructor(options: {
    decode: (ids: number[]) => string
    /** The end of the text this continues; empty for a message of its own. */
    before: readonly number[]
    stop: readonly string[]
    endTokens: ReadonlySet<number>
    specialTokens: ReadonlySet<number>
  }) {
    this.#decoder = new IncrementalDecoder(options.decode, options.before)
    this.#stops = new StopMatcher(options.stop)
    this.#special = new Set([...options.specialTokens, ...options.endTokens])
    this.endTokens = options.endTokens
  }

  readonly endTokens: ReadonlySet<number>

  get isStopped(): boolean {
    return this.#stops.matched !== null
  }

  /** Takes the next token; returns it with the text that may be shown now. */
  push(id: number, logprob: number | null): { index: number; token: Token; text: string } {
    const special = this.#special.has(id)
    if (this.endTokens.has(id)) this.#ended = true
    const text = special ? '' : this.#decoder.push(id)
    const token: Token = { id, text: special ? this.#decoder.alone(id) : text, logprob, special }
    this.#tokens.push(token)
    return { index: this.#tokens.length, token, text: this.#show(this.#stops.push(text)) }
  }

  /** Text that was held back for more to come. */
  flush(): string {
    const rest = this.#stops.push(this.#decoder.flush())
    return this.#show(rest + (this.isStopped ? '' : this.#stops.flush()))
  }

  finish(promptTokens: number): Generated {
    const finishReason: FinishReason = this.isStopped ? 'stop_sequence' : this.#ended ? 'eos_token' : 'length'
    return {
      text: this.#text,
      stopSequence: this.#stops.matched,
      finishReason,
      promptTokens,
      tokens: this.#tokens,
    }
  }

  #show(text: string): string {
    this.#text += text
    return text
  }
}
