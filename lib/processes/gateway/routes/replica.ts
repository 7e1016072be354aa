import { type Dispatcher, Pool } from 'undici'

/** A replica that refused a connection is asked again only after this, or when no other is there. */
const AVOID_MS = 1_000

/** One running copy of a revision, as the gateway knows it: its connections and what is under way on them. */
export class Replica {
  /** Requests handed to it and not yet over. */
  inFlight = 0
  /** Gets nothing new. */
  isDraining = false
  private avoidUntilMs = 0
  private readonly pool: Pool

  constructor(
    readonly id: string,
    readonly endpointId: string,
    readonly revision: number,
    readonly address: string,
  ) {
    this.pool = new Pool(address, {
      // Waiting behind another's request would be invisible to the balancing.
      pipelining: 1,
      connectTimeout: 3_000,
      // Below the 5 s after which uvicorn and Node close idle connections without a word.
      keepAliveTimeout: 4_000,
      maxHeaderSize: 64 * 1024,
    })
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.pool.dispatch(options, handler)
  }

  isAvoided(nowMs: number): boolean {
    return nowMs < this.avoidUntilMs
  }

  avoid(nowMs: number): void {
    this.avoidUntilMs = nowMs + AVOID_MS
  }

  /** Finishes what is under way, then closes its connections. */
  close(): void {
    void this.pool.close().catch(() => {})
  }
}
