import type { Logger } from 'pino'
import { ReplicaSet } from './replica-set'
import { RoutingTable } from './routing-table'
import type { SavedRoutes } from './saved-routes'
import { parseSnapshot, type ReadSnapshot } from './snapshot'
import { upstreamsOf } from './upstreams'

const POLL_MS = 10_000
/** Hints come in bursts; a read answers for all that came before it. */
const MIN_INTERVAL_MS = 100
/** Strangers cause reads with tokens nobody made: at most this often. */
const UNKNOWN_TOKEN_INTERVAL_MS = 1_000
/** How long a request waits for such a read before it is answered by what is known. */
const UNKNOWN_TOKEN_PATIENCE_MS = 2_000

/** With saved routes at hand, a database that does not answer delays the start by no more. */
const PATIENCE_WITH_SAVED_MS = 1_000

/** A database that does not answer for so long counts as down. */
const READ_TIMEOUT_MS = 10_000

type Options = {
  read: () => Promise<ReadSnapshot>
  saved: SavedRoutes
  domain: string | undefined
  /** Private hosts that providers' addresses may lead to. */
  allowedHosts: readonly string[]
  logger: Logger
}

/** Keeps the routing table current: on hints, every 10 s, and from the saved file until the database was read. */
export class RouteSource {
  table: RoutingTable | null = null
  /** When what `table` holds was read, by the database's clock. */
  readAt: Date | null = null
  /** Whether the last read worked. */
  isDatabaseReachable = false
  readonly replicas = new ReplicaSet()
  private text = ''
  private reading: Promise<void> | null = null
  private isWanted = false
  private lastStartMs = 0
  private timer: NodeJS.Timeout | undefined
  private isStopped = false

  constructor(private readonly options: Options) {}

  /** Reads the database, or goes on with the saved routes when that takes long or fails. */
  async start(): Promise<void> {
    const saved = this.applySaved()
    const read = this.refresh()
    await (saved ? Promise.race([read, sleep(PATIENCE_WITH_SAVED_MS)]) : read)
  }

  private applySaved(): boolean {
    const saved = this.options.saved.load()
    if (!saved) return false
    try {
      return this.apply(saved)
    } catch (error) {
      this.options.logger.warn({ err: error }, 'the saved routes cannot be read')
      return false
    }
  }

  /** Reads again soon: what a hint asks for. */
  readonly hint = (): void => {
    if (this.isStopped) return
    this.isWanted = true
    if (this.reading) return
    this.schedule(Math.max(0, this.lastStartMs + MIN_INTERVAL_MS - Date.now()))
  }

  /**
   * A token that is not known may have been made a moment ago, before its hint arrived: waits for a read that
   * began after now. Does not wait while the database is down.
   */
  async refreshForUnknownToken(): Promise<void> {
    if (!this.isDatabaseReachable) return
    const deadline = Date.now() + UNKNOWN_TOKEN_PATIENCE_MS
    const asked = Date.now()
    while (this.lastStartMs <= asked && Date.now() < deadline && this.isDatabaseReachable) {
      const next = this.lastStartMs + UNKNOWN_TOKEN_INTERVAL_MS - Date.now()
      if (next <= 0 && !this.reading) void this.refresh()
      else await sleep(Math.min(Math.max(next, 5), 50))
    }
    await Promise.race([this.reading, sleep(Math.max(0, deadline - Date.now()))])
  }

  /** Ends reading; requests under way keep what they have. */
  async stop(): Promise<void> {
    this.isStopped = true
    clearTimeout(this.timer)
    await this.reading
    this.replicas.close()
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer)
    if (!this.isStopped) this.timer = setTimeout(() => void this.refresh(), delayMs)
  }

  /** One read at a time; never rejects. */
  private refresh(): Promise<void> {
    this.reading ??= this.readOnce().finally(() => {
      this.reading = null
      this.schedule(this.isWanted ? MIN_INTERVAL_MS : POLL_MS)
    })
    return this.reading
  }

  private async readOnce(): Promise<void> {
    this.isWanted = false
    this.lastStartMs = Date.now()
    const { options } = this
    try {
      const snapshot = await within(READ_TIMEOUT_MS, options.read())
      if (!this.isDatabaseReachable) options.logger.info('routes are read from the database')
      this.isDatabaseReachable = true
      if (!this.apply(snapshot)) return
      await options.saved.save(snapshot).catch((error: unknown) => {
        options.logger.warn(
          { err: error },
          'the routes could not be saved; a restart without database would miss them',
        )
      })
    } catch (error) {
      if (this.isDatabaseReachable || this.readAt === null) {
        options.logger.warn({ err: error }, 'the database cannot be read; serving with the routes in memory')
      }
      this.isDatabaseReachable = false
    }
  }

  /** Whether anything changed. */
  private apply({ text, readAt }: ReadSnapshot): boolean {
    if (text !== this.text) {
      const snapshot = parseSnapshot(text)
      if (snapshot.unreadable > 0) {
        this.options.logger.error({ rows: snapshot.unreadable }, 'some routes cannot be read and are closed')
      }
      const upstreams = upstreamsOf(snapshot, this.options.allowedHosts)
      const replicas = this.replicas.update([...snapshot.replicas, ...upstreams])
      this.table = new RoutingTable(snapshot, replicas, this.options.domain)
    }
    const isChanged = text !== this.text
    this.text = text
    this.readAt = readAt
    return isChanged
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
