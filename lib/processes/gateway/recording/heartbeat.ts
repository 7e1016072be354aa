import { sql } from 'drizzle-orm'
import type { Database } from '@/lib/server/db/client'
import { processes } from '@/lib/server/db/schema/processes'
import type { Owner } from './owner'

const BEAT_MS = 1_000

type Options = {
  db: Database
  self: Owner
  startedAt: Date
  /** Where portals ask this process; null where nobody can. */
  door: { url: string; sealedSecret: string } | null
  /** When the routes in memory were read, and requests in flight on each replica that drains. */
  state: () => { routesReadAt: Date | null; inFlight: Record<string, number> }
}

/** Tells the controller each second that this gateway lives and what it still has on draining replicas. */
export class Heartbeat {
  private timer: NodeJS.Timeout | undefined
  private beating: Promise<void> = Promise.resolve()

  constructor(private readonly options: Options) {}

  start(): void {
    const loop = () => {
      this.beating = this.beat().finally(() => {
        this.timer = setTimeout(loop, BEAT_MS)
      })
    }
    loop()
    // Rows of gateways that were killed and left nothing to replay.
    const { db } = this.options
    db.execute(
      sql`delete from processes where kind = 'gateway' and seen_at < now() - interval '1 hour'`,
    ).catch(() => {})
  }

  /** Takes the row away: nobody needs to wait for it to grow old. */
  async stop(): Promise<void> {
    clearTimeout(this.timer)
    await this.beating
    clearTimeout(this.timer)
    const { db, self } = this.options
    await db.execute(sql`delete from processes where id = ${self.processId}`).catch(() => {})
  }

  /** A beat that fails is one that is missing: others see it by its age. */
  private async beat(): Promise<void> {
    const { db, self, startedAt, door, state } = this.options
    const { url = null, sealedSecret = null } = door ?? {}
    const current = { seenAt: sql`now()`, url, sealedSecret, ...state() }
    await db
      .insert(processes)
      .values({ id: self.processId, kind: 'gateway', host: self.host, startedAt, ...current })
      .onConflictDoUpdate({ target: processes.id, set: current })
      .catch(() => {})
  }
}
