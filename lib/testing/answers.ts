import { appendFileSync } from 'node:fs'

/** An emulator that others made, another Slipway, or code of the tests' own. */
export type AnsweredBy = 'emulated' | 'product' | 'stand-in'

/** Who answered how many calls of what, for the report of `npm run test:providers`. */
export class Answers {
  readonly #counts = new Map<AnsweredBy, Map<string, number>>()

  count(by: AnsweredBy, action: string): void {
    const counts = this.#counts.get(by) ?? new Map<string, number>()
    this.#counts.set(by, counts.set(action, (counts.get(action) ?? 0) + 1))
  }

  /** In order of the alphabet. */
  actions(by: AnsweredBy): string[] {
    return [...(this.#counts.get(by)?.keys() ?? [])].toSorted()
  }

  /** Says it to whoever makes a report; nobody may. */
  tell(place: string): void {
    const file = process.env.SLIPWAY_ANSWERS_FILE
    if (!file) return
    for (const [by, counts] of this.#counts)
      appendFileSync(file, `${JSON.stringify({ place, by, actions: Object.fromEntries(counts) })}\n`)
  }
}
