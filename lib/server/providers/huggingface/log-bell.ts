import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** However much is written, it is looked at no more often. */
const MIN_PAUSE_MS = 1_000
/** While it is listened to, looks in between are for what the stream may have missed. */
const PATIENCE = 5

type Listen = (signal: AbortSignal) => Promise<AsyncIterable<unknown>>

/**
 * Says when there may be something new in a log: a server's stream of events tells that lines are written, though it
 * cannot be resumed at one, so their history is what is read. Where it cannot be listened to, time alone says it.
 */
export class LogBell {
  readonly #events = new EventEmitter()
  readonly #leaving = new AbortController()
  #hasRung = false
  #isListening = false

  constructor(
    private readonly listen: Listen,
    private readonly pollMs: number,
  ) {
    void this.#hear()
  }

  /** Until something was written after the last wait, or time is over. */
  async wait(signal: AbortSignal): Promise<void> {
    const { pollMs } = this
    await sleep(Math.min(pollMs, MIN_PAUSE_MS), undefined, { signal }).catch(() => {})
    if (!this.#hasRung && !signal.aborted) {
      const maxMs = this.#isListening ? pollMs * PATIENCE : pollMs - MIN_PAUSE_MS
      const isOver = AbortSignal.any([signal, AbortSignal.timeout(Math.max(0, maxMs))])
      await once(this.#events, 'ring', { signal: isOver }).catch(() => {})
    }
    this.#hasRung = false
  }

  close(): void {
    this.#leaving.abort()
  }

  async #hear(): Promise<void> {
    const { signal } = this.#leaving
    while (!signal.aborted) {
      try {
        const events = await this.listen(signal)
        this.#isListening = true
        for await (const _event of events) this.#ring()
      } catch {
        // Not to be had, or cut off: asked for again, and looked at by time until then.
      }
      this.#isListening = false
      // Its end is news as well: perhaps the replica's.
      this.#ring()
      await sleep(this.pollMs * PATIENCE, undefined, { signal }).catch(() => {})
    }
  }

  #ring(): void {
    this.#hasRung = true
    this.#events.emit('ring')
  }
}
