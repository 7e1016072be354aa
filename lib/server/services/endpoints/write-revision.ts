import { eq } from 'drizzle-orm'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { Queryable } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { revisions } from '@/lib/server/db/schema/revisions'
import { recordAudit } from '../record-audit'
import { recordEvent } from './record-event'
import type { Found } from './require-endpoint'
import type { SealedSecrets } from './secrets'

export type NextRevision = {
  spec: EndpointSpec
  sealed: SealedSecrets
  summary: string
  sentType: string | null
}

/** Takes it down with event and audit row; the controller rolls to it. */
export async function writeRevision(
  tx: Queryable,
  actor: Actor,
  { team, endpoint }: Found,
  next: NextRevision,
): Promise<void> {
  const number = endpoint.revision + 1
  const userId = userIdOf(actor)
  await tx.insert(revisions).values({
    endpointId: endpoint.id,
    number,
    spec: next.spec,
    sealedSecrets: next.sealed,
    sentType: next.sentType,
    createdBy: userId,
    summary: next.summary,
  })
  await tx
    .update(endpoints)
    .set({ revision: number, updatedAt: new Date(), updatedBy: userId })
    .where(eq(endpoints.id, endpoint.id))
  await recordEvent(tx, {
    endpointId: endpoint.id,
    kind: 'updated',
    message: `Revision ${number}: ${next.summary}.`,
    actor,
    revision: number,
  })
  await recordAudit(tx, actor, {
    teamId: team.id,
    action: 'endpoint.update',
    objectKind: 'endpoint',
    objectId: endpoint.id,
    objectName: endpoint.name,
    change: { revision: number, summary: next.summary },
  })
  await notify(tx, 'endpoints')
}
