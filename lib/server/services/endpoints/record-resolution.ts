import { driftSentence } from '@/lib/domain/endpoint/drift-text'
import type { EventKind } from '@/lib/domain/endpoint/event'
import type { Queryable } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import type { Drifted } from './lock-drift'
import { recordEvent } from './record-event'

type Resolution = {
  action: 'endpoint.keep' | 'endpoint.restore'
  kind: EventKind
  /** Before what was changed outside. */
  words: string
  revision: number
}

/** Says on the timeline and in the audit log what became of a change made outside, and wakes the controller. */
export async function recordResolution(
  tx: Queryable,
  actor: Context['actor'],
  { row, drift }: Drifted,
  { action, kind, words, revision }: Resolution,
): Promise<void> {
  const changed = driftSentence(drift)
  await recordEvent(tx, { endpointId: row.id, kind, message: `${words} ${changed}`, actor, revision })
  await recordAudit(tx, actor, {
    teamId: row.teamId,
    action,
    objectKind: 'endpoint',
    objectId: row.id,
    objectName: row.name,
    change: { drift: changed },
  })
  await notify(tx, 'endpoints')
}
