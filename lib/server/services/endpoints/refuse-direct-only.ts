import { isDirectOnly } from '@/lib/domain/network/direct-only'
import { fail, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import type { EndpointRow } from './find-endpoint'
import { readRevision } from './revision-rows'

type Endpoint = Pick<EndpointRow, 'id' | 'name' | 'revision'>

/** For what would call it through the gateway, which carries no call of one that is direct only; null where it does. */
export async function refuseDirectOnly(
  db: Pick<Queryable, 'select'>,
  { id, name, revision }: Endpoint,
): Promise<Result<never> | null> {
  const newest = await readRevision(db, id, revision)
  if (!newest || !isDirectOnly(newest.spec)) return null
  return fail(
    'invalid_state',
    `${name} is direct only: Slipway does not carry its calls. Call its provider as its Overview shows, or choose “Through the gateway” in its Settings.`,
  )
}
