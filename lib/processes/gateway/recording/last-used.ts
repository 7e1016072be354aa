import { sql } from 'drizzle-orm'
import type { Queryable } from '@/lib/server/db/client'

const INTERVAL_MS = 60_000

/** When tokens and endpoints were last used: kept in memory, written at most once a minute for each. */
export class LastUsed {
  private readonly tokens = new Map<string, { usedMs: number; writtenMs: number }>()
  private readonly endpoints = new Map<string, { usedMs: number; writtenMs: number }>()

  token(id: string, nowMs: number): void {
    note(this.tokens, id, nowMs)
  }

  endpoint(id: string, nowMs: number): void {
    note(this.endpoints, id, nowMs)
  }

  /** Writes what is due. @throws Error when the database refuses; it is due again then. */
  async write(db: Pick<Queryable, 'execute'>, nowMs: number, isEnd = false): Promise<void> {
    for (const [table, noted] of [
      ['tokens', this.tokens],
      ['endpoints', this.endpoints],
    ] as const) {
      const due = [...noted].filter(
        ([, { usedMs, writtenMs }]) => usedMs > writtenMs && (isEnd || nowMs - writtenMs >= INTERVAL_MS),
      )
      if (due.length === 0) continue
      const rows = JSON.stringify(due.map(([id, { usedMs }]) => ({ id, used: usedMs })))
      await db.execute(sql`
        update ${sql.identifier(table)} t set last_used_at = to_timestamp(x.used / 1000.0)
        from jsonb_to_recordset(${rows}::jsonb) as x(id uuid, used bigint)
        where t.id = x.id and (t.last_used_at is null or t.last_used_at < to_timestamp(x.used / 1000.0))`)
      for (const [, entry] of due) entry.writtenMs = nowMs
    }
  }
}

function note(noted: Map<string, { usedMs: number; writtenMs: number }>, id: string, nowMs: number): void {
  const entry = noted.get(id)
  if (entry) entry.usedMs = nowMs
  else noted.set(id, { usedMs: nowMs, writtenMs: 0 })
}
