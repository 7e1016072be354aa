import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { openLog } from './controller-door'

const PATIENCE_MS = 5_000
const kept = z.object({ first: z.number(), last: z.number(), bytes: z.number() })

/** First and last line that are kept; null where there is none. */
export async function keptOf(
  db: Pick<Queryable, 'select'>,
  endpoint: { id: string; leaseHolder: string | null },
): Promise<Result<{ first: number; last: number } | null>> {
  const opened = await openLog(db, endpoint, 'kept', { signal: AbortSignal.timeout(PATIENCE_MS) })
  if (!opened.ok) return opened
  const { first, last } = kept.parse(JSON.parse(await text(opened.data)))
  return ok(last === 0 ? null : { first, last })
}
