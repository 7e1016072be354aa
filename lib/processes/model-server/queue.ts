/**
 * Runs one job at a time in the order they came and refuses what does not fit: the model computes one answer at a
 * time, and a caller had better hear "busy" now than wait for a timeout.
 */
export class BoundedQueue {
  readonly #waiting: { start: () => void }[] = []
  #running = 0

  constructor(readonly limit: number) {}

  get waiting(): number {
    return this.#waiting.length
  }

  get running(): number {
    return this.#running
  }

  get isFull(): boolean {
    return this.#running > 0 && this.#waiting.length >= this.limit
  }

  /**
   * Waits for a turn. Resolves to a function that gives the turn back, or `full`, or `aborted` when the signal fires
   * while waiting.
   */
  async enter(signal: AbortSignal): Promise<(() => void) | 'full' | 'aborted'> {
    if (signal.aborted) return 'aborted'
    if (this.#running === 0) return this.#take()
    if (this.isFull) return 'full'
    return new Promise(resolve => {
      const leave = () => {
        const index = this.#waiting.indexOf(entry)
        if (index >= 0) this.#waiting.splice(index, 1)
        resolve('aborted')
      }
      const entry = {
        start: () => {
          signal.removeEventListener('abort', leave)
          resolve(this.#take())
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(entry)
    })
  }

  #take(): () => void {
    this.#running += 1
    let given = false
    return () => {
      if (given) return
      given = true
      this.#running -= 1
      this.#waiting.shift()?.start()
    }
  }
}
