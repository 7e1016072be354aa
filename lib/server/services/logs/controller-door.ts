import type { Readable } from 'node:stream'
import { and, desc, eq, gt, isNotNull, sql } from 'drizzle-orm'
import { request } from 'undici'
import { filterParams, type LogFilter } from '@/lib/domain/logs/filter'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { processes } from '@/lib/server/db/schema/processes'
import { type Door, doorOf } from '../internal-doors'

/** Heartbeats come every 15 s; a door that is silent for this long leads nowhere. */
const SILENCE_MS = 40_000
/** Hundreds of readers may come back at once; a controller that is gone refuses at once, and is not waited for. */
const ANSWER_MS = 15_000

type Endpoint = { id: string; leaseHolder: string | null }
type Params = Record<string, string | number | undefined>

const UNAVAILABLE =
  'Logs cannot be read at the moment: the controller, which keeps them, does not answer. It is tried again.'

/**
 * Asks the controller that keeps an endpoint's log; the answer is a stream of messages, one JSON text per line. The
 * one with the endpoint's lease is asked first; after a takeover the database may still name another.
 */
export async function openLog(
  db: Pick<Queryable, 'select'>,
  endpoint: Endpoint,
  verb: 'scan' | 'tail' | 'kept' | 'density',
  options: { filter?: LogFilter; params?: Params; signal: AbortSignal },
): Promise<Result<Readable>> {
  const query = new URLSearchParams(options.filter ? filterParams(options.filter) : {})
  for (const [name, value] of Object.entries(options.params ?? {}))
    if (value !== undefined) query.set(name, String(value))
  const path = `/logs/${endpoint.id}/${verb}?${query}`
  for (const door of await doorsOf(db, endpoint)) {
    const body = await ask(door, path, options.signal)
    if (body) return ok(body)
  }
  return fail('unavailable', UNAVAILABLE)
}

async function doorsOf(db: Pick<Queryable, 'select'>, endpoint: Endpoint): Promise<Door[]> {
  const rows = await db
    .select({ id: processes.id, url: processes.url, sealedSecret: processes.sealedSecret })
    .from(processes)
    .where(
      and(
        eq(processes.kind, 'controller'),
        isNotNull(processes.url),
        isNotNull(processes.sealedSecret),
        gt(processes.seenAt, sql`now() - interval '30 seconds'`),
      ),
    )
    .orderBy(desc(sql`${processes.id} = ${endpoint.leaseHolder ?? ''}`), desc(processes.seenAt))
    .limit(4)
  return rows.flatMap(doorOf)
}

/** Null where nobody answers, or somebody who does not know the secret's other half, or the reader has left. */
async function ask({ url, secret }: Door, path: string, signal: AbortSignal): Promise<Readable | null> {
  try {
    const answer = await request(`${url}${path}`, {
      headers: { authorization: `Bearer ${secret}` },
      signal,
      headersTimeout: ANSWER_MS,
      bodyTimeout: SILENCE_MS,
    })
    if (answer.statusCode === 200) return answer.body
    await answer.body.dump()
    return null
  } catch {
    return null
  }
}
