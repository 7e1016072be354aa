import { and, eq, gt, isNotNull, sql } from 'drizzle-orm'
import { request } from 'undici'
import { z } from 'zod'
import { REACHES, type Reach } from '@/lib/domain/network/reach'
import type { Queryable } from '@/lib/server/db/client'
import { processes } from '@/lib/server/db/schema/processes'
import { type Door, doorOf } from '../internal-doors'

/** A gateway waits 5 s for the address; one that says nothing for longer is gone. */
const ANSWER_MS = 8_000
const answer = z.object({ reach: z.enum(REACHES) })

/**
 * Whether every living gateway reaches an address: any of them may get the next request. The first that does not
 * tells why.
 */
export async function askGateways(db: Pick<Queryable, 'select'>, address: string): Promise<Reach> {
  const rows = await db
    .select({ id: processes.id, url: processes.url, sealedSecret: processes.sealedSecret })
    .from(processes)
    .where(
      and(
        eq(processes.kind, 'gateway'),
        isNotNull(processes.url),
        gt(processes.seenAt, sql`now() - interval '15 seconds'`),
      ),
    )
  const answers = await Promise.all(rows.flatMap(doorOf).map(door => ask(door, address)))
  // One that was killed leaves its row for a moment: the living ones answer for it.
  const told = answers.filter(found => found !== null)
  return told.find(found => found !== 'reachable') ?? told[0] ?? 'no_gateway'
}

async function ask({ url, secret }: Door, address: string): Promise<Reach | null> {
  try {
    const { statusCode, body } = await request(`${url}/reach?${new URLSearchParams({ address })}`, {
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    if (statusCode === 200) return answer.parse(await body.json()).reach
    await body.dump()
    return null
  } catch {
    return null
  }
}
