import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { countLines } from '@/lib/domain/logs/line-runs'
import { loadLog } from './load'
import { OpenSegment } from './open-segment'
import { encodePayload, type Run, type SourceState, type SourceStates } from './payload'
import { Recent } from './recent'
import { seal } from './seal'
import { removeSegment, type Segment } from './segment'

export type LogLimits = {
  retentionMs: number
  retentionBytes: number
  /** A segment is sealed when it has this many raw bytes … */
  segmentBytes: number
  /** … or is this old. */
  segmentMs: number
}

const RECENT_BYTES = 2 * 1024 * 1024
/** A log that fills a segment in less time than this is busy; full segments then wait to be packed, so many at most. */
const FILLED_MS = 1_000
const MAX_OPEN_SEGMENTS = 32
const LOOK_AGAIN_MS = 100
/** Lines that arrive within this time are written together. */
const LINGER_MS = 5
/** A frame is not made larger than about this many lines: it is what a crash may lose and a reader must hold. */
const FRAME_LINES = 8_000

type Pending = {
  run: Run
  state: SourceState
  since: string | null
  round: object | undefined
  settle: (error?: unknown) => void
}

/** Lines that do not follow the last ones written of their replica. Read again from the stored position. */
export class OutOfPlace extends Error {
  override readonly name = 'OutOfPlace'
}

/** The log of one endpoint: its only writer, and where readers find its segments. */
export class EndpointLog {
  readonly recent = new Recent(RECENT_BYTES)
  /** How many follow it at the moment. */
  readers = 0
  private pending: Pending[] = []
  private isFlushScheduled = false
  private isClosing = false
  /** Everything that writes runs in this one line, one after the other. */
  private queue: Promise<unknown> = Promise.resolve()
  private sealing: Promise<void> = Promise.resolve()
  private waiters = new Set<() => void>()
  private current: OpenSegment | null
  private nextSeq: number
  private openedAtMs = Date.now()
  private confirmBoot: () => Promise<void>
  readonly states: SourceStates
  segments: Segment[]

  private constructor(
    private readonly folder: string,
    private readonly limits: LogLimits,
    loaded: Awaited<ReturnType<typeof loadLog>>,
  ) {
    this.segments = loaded.segments
    this.current = loaded.open
    this.states = loaded.states
    this.nextSeq = loaded.nextSeq
    this.confirmBoot = loaded.confirmBoot
    const oldest = loaded.open?.segment.entries.find(entry => entry.count > 0)
    if (oldest) this.openedAtMs = oldest.minTimeMs
    const stale = this.segments.filter(
      segment => segment.kind === 'open' && segment !== this.current?.segment,
    )
    for (const segment of stale) this.sealLater(segment)
  }

  static async open(folder: string, limits: LogLimits): Promise<EndpointLog> {
    return new EndpointLog(folder, limits, await loadLog(folder))
  }

  /** The newest line that is written; 0 when there is none. */
  get lastSeq(): number {
    return this.nextSeq - 1
  }

  /** The oldest line that is kept. */
  get firstSeq(): number {
    return this.segments[0]?.firstSeq ?? this.nextSeq
  }

  get holdsLines(): boolean {
    return this.segments.some(segment => segment !== this.current?.segment) || this.lastSeq >= this.firstSeq
  }

  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.bytes, 0)
  }

  /**
   * Writes lines of one replica and its position behind them, both or neither; resolves when they are written.
   * `since` is the position they follow: pieces may be handed over before the one before is written, and when that
   * one fails, these must too. What is handed over one after the other with the same `round` is merged by time.
   * @throws the system's error, or OutOfPlace, after which nothing of it is in the log.
   */
  append(run: Run, state: SourceState, since: string | null, round?: object): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pending.push({
        run,
        state,
        since,
        round,
        settle: error => (error === undefined ? resolve() : reject(error)),
      })
      if (this.isFlushScheduled) return
      this.isFlushScheduled = true
      this.queue = this.queue.then(() => this.flush())
    })
  }

  /** Resolves when there is a line behind `seq`, or on abort. */
  waitBeyond(seq: number, signal: AbortSignal): Promise<void> {
    if (this.lastSeq > seq || signal.aborted) return Promise.resolve()
    return new Promise(resolve => {
      const done = () => {
        this.waiters.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.waiters.add(done)
      signal.addEventListener('abort', done, { once: true })
    })
  }

  /** Removes what is too old or too much; whole segments, oldest first. The one being written stays. */
  async expire(nowMs = Date.now()): Promise<void> {
    const hasLines = this.current && this.nextSeq > this.current.segment.firstSeq
    if (hasLines && nowMs - this.openedAtMs > this.limits.segmentMs) {
      this.queue = this.queue.then(() => this.roll().catch(() => {}))
      await this.queue
    }
    for (;;) {
      const [oldest] = this.segments
      if (!oldest || oldest === this.current?.segment) return
      const isOld = nowMs - oldest.newestMs > this.limits.retentionMs
      if (!isOld && this.bytes <= this.limits.retentionBytes) return
      this.segments = this.segments.slice(1)
      await removeSegment(oldest)
    }
  }

  async close(): Promise<void> {
    this.isClosing = true
    await this.queue
    await this.sealing
    await this.current?.close()
    for (const wake of [...this.waiters]) wake()
  }

  private async flush(): Promise<void> {
    while (this.pending.length > 0) {
      if (this.pending.length < 3) await sleep(LINGER_MS)
      const taken = this.takePending()
      if (taken.length === 0) continue
      try {
        await this.write(taken)
        for (const { settle } of taken) settle()
      } catch (error) {
        for (const { settle } of taken) settle(error ?? new Error('The log could not be written.'))
      }
    }
    this.isFlushScheduled = false
  }

  private takePending(): Pending[] {
    let lines = 0
    let count = 0
    let last: object | undefined
    for (const { run, round } of this.pending) {
      lines += countLines(run.lines)
      const isSameRound = round !== undefined && round === last
      if (count > 0 && lines > FRAME_LINES && !isSameRound) break
      count += 1
      last = round
    }
    const places = new Map<string, string | null>()
    return this.pending.splice(0, count).filter(({ run, since, state, settle }) => {
      const place = places.get(run.replicaId) ?? this.states[run.replicaId]?.position ?? null
      if (place !== since) settle(new OutOfPlace())
      else places.set(run.replicaId, state.position)
      return place === since
    })
  }

  private async write(taken: readonly Pending[]): Promise<void> {
    if (!this.current || this.current.broken) await this.roll()
    const open = this.current
    if (!open) throw new Error('No segment to write to.')
    const changed = Object.fromEntries(taken.map(({ run, state }) => [run.replicaId, state]))
    const runs = joinRuns(taken.map(({ run }) => run))
    const encoded = encodePayload(this.nextSeq, runs, changed)
    await open.append(encoded)
    Object.assign(this.states, changed)
    this.nextSeq = encoded.meta.lastSeq + 1
    this.recent.push(encoded.batches)
    if (encoded.meta.count > 0) for (const wake of [...this.waiters]) wake()
    if (open.segment.bytes >= this.limits.segmentBytes) await this.roll().catch(() => {})
  }

  /** Compressing takes what writing needs most in a burst; it is left for afterwards, as far as the disk allows. */
  private async calm(): Promise<void> {
    while (!this.isClosing && Date.now() - this.openedAtMs < FILLED_MS) {
      const open = this.segments.filter(segment => segment.kind === 'open')
      if (open.length > MAX_OPEN_SEGMENTS) return
      await sleep(LOOK_AGAIN_MS)
    }
  }

  /** Starts the next segment with every position known, so that no older one is needed to continue. */
  private async roll(): Promise<void> {
    const full = this.current
    const next = await OpenSegment.create(this.folder, this.nextSeq)
    await next.append(encodePayload(this.nextSeq, [], this.states))
    await this.confirmBoot()
    this.confirmBoot = async () => {}
    this.current = next
    this.openedAtMs = Date.now()
    this.segments = [...this.segments.filter(other => other.path !== next.segment.path), next.segment]
    if (!full || full.segment.path === next.segment.path) return
    await full.close()
    this.sealLater(full.segment)
  }

  private sealLater(segment: Segment): void {
    this.sealing = this.sealing.then(async () => {
      await this.calm()
      // Without room for the compressed copy the segment stays as it is, readable, and is sealed at the next start.
      const sealed = await seal(segment).catch(() => null)
      if (!sealed) return
      // Its time ran out while it was packed.
      if (!this.segments.includes(segment)) return removeSegment(sealed)
      this.segments = this.segments.map(other => (other === segment ? sealed : other))
      await rm(segment.path, { force: true })
      await this.expire()
    })
  }
}

/** Pieces of one replica become one run, in the order they came. */
function joinRuns(runs: readonly Run[]): Run[] {
  const joined = new Map<string, Run>()
  for (const run of runs) {
    if (run.lines.length === 0) continue
    const key = `${run.replicaId} ${run.revision}`
    const before = joined.get(key)
    joined.set(key, before ? { ...run, lines: before.lines.concat(run.lines) } : run)
  }
  return [...joined.values()]
}
