import { sql } from 'drizzle-orm'
import pg from 'pg'
import { env } from '@/lib/server/env'
import type { Queryable } from './client'

/** `endpoints`: intent or status changed. `tokens`: made, revoked, changed. */
export type Channel = 'endpoints' | 'tokens'

const nameOf = (channel: Channel) => `slipway_${channel}`

/** A hint without data; consumers reload by themselves every 10 s anyway. Call inside the transaction of the change. */
export async function notify(db: Pick<Queryable, 'execute'>, channel: Channel): Promise<void> {
  if (!env().SLIPWAY_NOTIFY) return
  await db.execute(sql`select pg_notify(${nameOf(channel)}, '')`)
}

/**
 * Listens on one dedicated direct connection; reconnects with backoff and calls `onHint` after each (re)connect,
 * because hints may have been missed. Returns a function that stops it.
 */
export function listen(url: string, channels: readonly Channel[], onHint: () => void): () => Promise<void> {
  if (!env().SLIPWAY_NOTIFY) return async () => {}
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let backoffMs = 500

  const connect = async () => {
    const next = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      application_name: 'slipway-listen',
    })
    client = next
    let ended = false
    const again = () => {
      if (ended || stopped) return
      ended = true
      next.end().catch(() => {})
      timer = setTimeout(connect, backoffMs)
      backoffMs = Math.min(backoffMs * 2, 10_000)
    }
    next.on('error', again)
    next.on('end', again)
    next.on('notification', onHint)
    try {
      await next.connect()
      for (const channel of channels) await next.query(`listen ${nameOf(channel)}`)
      backoffMs = 500
      onHint()
    } catch {
      again()
    }
  }
  void connect()

  return async () => {
    stopped = true
    clearTimeout(timer)
    await client?.end().catch(() => {})
  }
}
