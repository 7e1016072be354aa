import type { Logger } from 'pino'
import type { Database } from '@/lib/server/db/client'
import type { LastUsed } from './last-used'
import type { Owner } from './owner'
import { PendingMinutes } from './pending-minutes'
import type { Recorder } from './recorder'
import { replaySpools } from './replay'
import { Spool } from './spool'
import { writeDelta } from './write-delta'

const TICK_MS = 1_000
const REPLAY_EVERY_MS = 10_000
/** At the end the database gets this long; what it did not take is replayed by the next gateway. */
const LAST_WRITE_MS = 5_000

type Options = {
  recorder: Recorder
  lastUsed: LastUsed
  db: Database
  folder: string
  self: Owner
  logger: Logger
}

/** Once a second: what was measured goes to disk, then to the database, whichever of them is there. */
export class Flusher {
  private readonly spool: Spool
  private readonly pending: PendingMinutes
  private timer: NodeJS.Timeout | undefined
  private ticking: Promise<void> = Promise.resolve()
  private writing: Promise<void> | null = null
  private isDatabaseDown = false
  private replayedMs = 0

  constructor(private readonly options: Options) {
    this.spool = new Spool(options.folder, options.self)
    this.pending = new PendingMinutes(this.spool, options.logger)
  }

  get lostRequests(): number {
    return this.pending.lostRequests
  }

  get isSpoolFailing(): boolean {
    return this.pending.isSpoolFailing
  }

  start(): void {
    const loop = () => {
      this.ticking = this.tick().finally(() => {
        this.timer = setTimeout(loop, TICK_MS)
      })
    }
    this.timer = setTimeout(loop, TICK_MS)
  }

  /** Flushes everything; what the database does not take in time stays on disk. */
  async stop(): Promise<void> {
    clearTimeout(this.timer)
    await this.ticking
    clearTimeout(this.timer)
    this.pending.add(this.options.recorder.collect(true))
    await this.pending.spoolAll()
    const lastWrite = (async () => {
      await this.writing
      await this.write(true)
    })()
    await Promise.race([lastWrite, new Promise(resolve => setTimeout(resolve, LAST_WRITE_MS).unref())])
    await this.spool.end().catch(() => {})
  }

  /** Never rejects; does not wait for the database, which may take for ever. */
  private async tick(): Promise<void> {
    this.pending.add(this.options.recorder.collect())
    await this.pending.spoolAll()
    this.writing ??= this.write().finally(() => {
      this.writing = null
    })
    await this.pending.forget(Date.now())
  }

  private async write(isEnd = false): Promise<void> {
    const { db, self, folder, lastUsed, logger } = this.options
    try {
      await this.pending.writeAll(line => writeDelta(db, self.processId, line))
      await lastUsed.write(db, Date.now(), isEnd)
      if (!isEnd && Date.now() - this.replayedMs >= REPLAY_EVERY_MS) {
        await replaySpools({ folder, db, logger, self, isPending: minute => this.pending.has(minute) })
        this.replayedMs = Date.now()
      }
      if (this.isDatabaseDown) logger.info('measurements are written to the database again')
      this.isDatabaseDown = false
    } catch (error) {
      if (!this.isDatabaseDown)
        logger.warn({ err: error }, 'measurements wait: the database cannot be written')
      this.isDatabaseDown = true
    }
  }
}
