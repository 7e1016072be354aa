/**
 * Turns tokens into text as they come. A token may be half a character, and how one is written can depend on its
 * neighbour: text is given out once the tokens so far end in a whole character, decoded with what stood before it.
 */
export class IncrementalDecoder {
  readonly #decode: (ids: number[]) => string
  readonly #ids: number[]
  #context = 0
  #given: number

  /** @param before tokens the text continues: with none, tokenizers drop the first word's space */
  constructor(decode: (ids: number[]) => string, before: readonly number[] = []) {
    // The library's tokenizers throw on an empty list.
    this.#decode = ids => (ids.length === 0 ? '' : decode(ids))
    this.#ids = [...before]
    this.#given = before.length
  }

  /** What a token looks like on its own. */
  alone(id: number): string {
    return this.#decode([id])
  }

  /** The text this token completes; empty while a character is unfinished. */
  push(id: number): string {
    this.#ids.push(id)
    const text = this.#pending()
    if (text === '' || text.endsWith('\ufffd')) return ''
    this.#context = this.#given
    this.#given = this.#ids.length
    return text
  }

  /** What is left when no more tokens come, finished or not. */
  flush(): string {
    const text = this.#pending()
    this.#context = this.#ids.length
    this.#given = this.#ids.length
    return text
  }

  #pending(): string {
    const before = this.#decode(this.#ids.slice(this.#context, this.#given))
    return this.#decode(this.#ids.slice(this.#context)).slice(before.length)
  }
}
