/**
 * Turns tokens into text as they come. A token may be half a character, and how one is written can depend on its
 * neighbour: text is given out once the tokens so far end in a whole character, decoded with what stood before it.
 */
export class IncrementalDecoder {
  readonly #ids: number[] = []
  #context = 0
  #given = 0

  constructor(readonly decode: (ids: number[]) => string) {}

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
    const before = this.decode(this.#ids.slice(this.#context, this.#given))
    return this.decode(this.#ids.slice(this.#context)).slice(before.length)
  }
}
