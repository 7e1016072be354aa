import type { Drift } from '@/lib/domain/endpoint/drift'
import { driftSentence } from '@/lib/domain/endpoint/drift-text'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { driftOfRow } from './drift-row'
import type { EndpointRow } from './find-endpoint'
import { type Found, lockEndpoint } from './require-endpoint'

export type Drifted = { row: EndpointRow; drift: Drift }

/** The endpoint's row, held, with the very drift that somebody saw; refused where it is another by now, or none. */
export async function lockDrift(
  tx: Pick<Queryable, 'select'>,
  found: Found,
  since: string,
): Promise<Result<Drifted>> {
  const locked = await lockEndpoint(tx, found, 'update')
  if (!locked.ok) return locked
  const drift = driftOfRow(locked.data)
  if (!drift?.isConfirmed)
    return fail('invalid_state', 'Nothing of this endpoint is changed outside Slipway any more.')
  if (drift.since !== since)
    return fail('conflict', `It has changed again in the meantime. ${driftSentence(drift)}`)
  return ok({ row: locked.data, drift })
}
