import type { Logger } from 'pino'
import { Delta, type DeltaLine } from './delta'
import type { Collected } from './recorder'
import type { Spool } from './spool'

/** After this long without the database a minute that is safe on disk leaves memory. */
const FORGET_AFTER_MS = 120_000
/** Minutes that are neither on disk nor in the database: so many are held, then the newest are lost. */
const MAX_UNSAFE_MINUTES = 10

type PendingMinute = {
  minuteMs: number
  isClosed: boolean
  /** Not yet on disk, and not yet in the database. */
  unspooled: Delta
  unwritten: Delta
}

/**
 * Minutes on their way to disk and database. Either may fail for any time: what failed is kept and said again
 * together with what came since, memory stays bounded, and what had to be given up is counted.
 */
export class PendingMinutes {
  private readonly minutes = new Map<number, PendingMinute>()
  /** Requests that neither disk nor database took. */
  lostRequests = 0
  private isDiskRefusing = false

  constructor(
    private readonly spool: Spool,
    private readonly logger: Logger,
  ) {}

  add(collected: readonly Collected[]): void {
    for (const { minuteMs, line, isClosed } of collected) {
      let minute = this.minutes.get(minuteMs)
      if (!minute) {
        minute = { minuteMs, isClosed, unspooled: new Delta(), unwritten: new Delta() }
        this.minutes.set(minuteMs, minute)
      }
      minute.isClosed ||= isClosed
      minute.unspooled.fold(line)
      minute.unwritten.fold(line)
    }
    // A minute in which nothing happened at its end is not collected again: newer ones close it.
    const newest = collected.at(-1)?.minuteMs ?? 0
    for (const minute of this.minutes.values()) minute.isClosed ||= minute.minuteMs < newest
  }

  /** Appends to disk what is not there yet. Never rejects. */
  async spoolAll(): Promise<void> {
    for (const minute of this.minutes.values()) {
      if (minute.unspooled.isEmpty) continue
      const taken = minute.unspooled
      minute.unspooled = new Delta()
      try {
        await this.spool.append(minute.minuteMs, taken.toLine())
        if (this.isDiskRefusing) this.logger.info('measurements are spooled to disk again')
        this.isDiskRefusing = false
      } catch (error) {
        minute.unspooled = newer(taken, minute.unspooled)
        if (!this.isDiskRefusing) this.logger.error({ err: error }, 'measurements cannot be spooled to disk')
        this.isDiskRefusing = true
      }
    }
  }

  /** Writes everything, oldest first. @throws what `write` throws; nothing is lost then. */
  async writeAll(write: (line: DeltaLine) => Promise<void>): Promise<void> {
    for (const minute of [...this.minutes.values()].sort((a, b) => a.minuteMs - b.minuteMs)) {
      const taken = minute.unwritten
      minute.unwritten = new Delta()
      try {
        if (!taken.isEmpty) await write(taken.toLine())
      } catch (error) {
        minute.unwritten = newer(taken, minute.unwritten)
        throw error
      }
      if (!minute.isClosed || !minute.unwritten.isEmpty) continue
      this.minutes.delete(minute.minuteMs)
      await this.spool.remove(minute.minuteMs)
    }
  }

  /** Bounds memory while the database is down. */
  async forget(nowMs: number): Promise<void> {
    const old = [...this.minutes.values()].filter(
      ({ minuteMs, isClosed }) => isClosed && minuteMs < nowMs - FORGET_AFTER_MS,
    )
    for (const minute of old.filter(({ unspooled }) => unspooled.isEmpty)) {
      this.minutes.delete(minute.minuteMs)
      await this.spool.release(minute.minuteMs)
    }
    const unsafe = old.filter(({ unspooled }) => !unspooled.isEmpty)
    for (const minute of unsafe.slice(MAX_UNSAFE_MINUTES)) {
      this.minutes.delete(minute.minuteMs)
      await this.spool.release(minute.minuteMs)
      const requests = requestsIn(minute.unspooled)
      this.lostRequests += requests
      this.logger.error(
        { requests, minute: new Date(minute.minuteMs) },
        'measurements were lost: disk and database refuse',
      )
    }
  }

  /** The last write to disk failed: a crash now would lose what the database has not taken. */
  get isSpoolFailing(): boolean {
    return this.isDiskRefusing
  }

  has(minuteMs: number): boolean {
    return this.minutes.has(minuteMs)
  }

  get isAllWritten(): boolean {
    return [...this.minutes.values()].every(({ unwritten }) => unwritten.isEmpty)
  }
}

function newer(older: Delta, since: Delta): Delta {
  older.fold(since.toLine())
  return older
}

const requestsIn = (delta: Delta): number =>
  delta.toLine().rollups.reduce((sum, row) => sum + (row.status === 0 ? row.requests : 0), 0)
