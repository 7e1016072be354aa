import type { Logger } from 'pino'
import { ProviderError } from '@/lib/server/providers/port'

/**
 * A provider's verbs for one endpoint, each waited for a limited time. A call that does not come back is not made
 * again until it does: a provider that hangs is not piled up on.
 */
export class ProviderCalls {
  #pending = new Map<string, Promise<unknown>>()

  constructor(
    private readonly timeoutMs: number,
    private readonly logger: Logger,
  ) {}

  /** @throws ProviderError and nothing else. */
  async call<T>(verb: string, make: () => Promise<T>): Promise<T> {
    const late = new ProviderError('timeout', `The provider has not answered “${verb}”; trying again.`)
    if (this.#pending.has(verb)) throw late
    const answer = Promise.resolve().then(make)
    this.#pending.set(verb, answer)
    const settled = answer.finally(() => this.#pending.delete(verb))
    // A rejection after the timeout has no one else to catch it.
    settled.catch(() => {})
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(late), this.timeoutMs)
    })
    try {
      return await Promise.race([settled, timeout])
    } catch (error) {
      if (error instanceof ProviderError) throw error
      this.logger.error({ err: error, verb }, 'a provider failed in a way it has no code for')
      throw new ProviderError(
        'unexpected',
        `The provider failed at “${verb}” for an unknown reason; trying again. The controller's log says more.`,
      )
    } finally {
      clearTimeout(timer)
    }
  }
}
