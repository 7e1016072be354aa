import type { Actor } from '@/lib/domain/access/actor'
import type { EventKind } from '@/lib/domain/endpoint/event'
import type { Queryable } from '@/lib/server/db/client'
import { events } from '@/lib/server/db/schema/events'

export type NewEvent = {
  endpointId: string
  kind: EventKind
  /** A sentence for the timeline. No secrets: everybody in the team reads it. */
  message: string
  actor: Pick<Actor, 'kind' | 'name'>
  revision?: number | null
  replicaId?: string | null
  data?: Record<string, unknown>
}

/** Puts something on an endpoint's timeline, in the transaction of what happened. */
export async function recordEvent(tx: Queryable, event: NewEvent): Promise<void> {
  await tx.insert(events).values({
    endpointId: event.endpointId,
    kind: event.kind,
    message: event.message,
    actorKind: event.actor.kind,
    actorName: event.actor.name,
    revision: event.revision ?? null,
    replicaId: event.replicaId ?? null,
    data: event.data ?? null,
  })
}
