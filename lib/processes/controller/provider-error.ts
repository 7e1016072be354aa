import type { Database } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import type { ProviderError } from '@/lib/server/providers/port'
import { recordEvent } from '@/lib/server/services/endpoints/record-event'
import { type Lease, underLease } from './lease'
import type { Loaded } from './load'
import { CONTROLLER_ACTOR, writeStatus } from './write'

/** Says on the endpoint and once on its timeline what stands in the way. A failed revision's own story stays. */
export async function recordProviderError(
  db: Database,
  lease: Lease,
  ttlMs: number,
  error: ProviderError,
): Promise<void> {
  await underLease(db, lease, ttlMs, async (tx, locked) => {
    const message =
      locked.desired === 'absent' ? `Deleting failed, trying again: ${error.message}` : error.message
    if (locked.failedRevision !== null || locked.errorMessage === message) return
    await writeStatus(tx, lease, { errorMessage: message })
    await recordEvent(tx, {
      endpointId: lease.endpointId,
      kind: 'providerError',
      message,
      actor: CONTROLLER_ACTOR,
      data: { code: error.code },
    })
    await notify(tx, 'endpoints')
  })
}

/** After a whole pass without one. */
export async function clearProviderError(
  db: Database,
  lease: Lease,
  ttlMs: number,
  { endpoint }: Loaded,
): Promise<void> {
  if (endpoint.errorMessage === null || endpoint.failedRevision !== null) return
  await underLease(db, lease, ttlMs, async (tx, locked) => {
    if (locked.failedRevision === null) await writeStatus(tx, lease, { errorMessage: null })
  })
}
