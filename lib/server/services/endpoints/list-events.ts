import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import { canSeeEndpoint } from '@/lib/domain/access/rights'
import type { listEventsInput } from '@/lib/domain/endpoint/inputs'
import { ENDPOINT_STATES } from '@/lib/domain/endpoint/state'
import type { EventView } from '@/lib/domain/endpoint/view'
import { ok, type Result } from '@/lib/domain/result'
import { events } from '@/lib/server/db/schema/events'
import type { Context } from '../context'
import { requireEndpoint } from './require-endpoint'

/** What the controller writes with `stateChanged`. */
const stateChange = z.object({ to: z.enum(ENDPOINT_STATES) })

/** The timeline, newest first; `before` pages on. */
export async function listEvents(
  ctx: Context,
  input: z.output<typeof listEventsInput>,
): Promise<Result<{ items: EventView[]; hasMore: boolean }>> {
  const found = await requireEndpoint(ctx, input, canSeeEndpoint, 'see this endpoint')
  if (!found.ok) return found
  const ofEndpoint = eq(events.endpointId, found.data.endpoint.id)
  const rows = await ctx.db
    .select()
    .from(events)
    .where(input.before === undefined ? ofEndpoint : and(ofEndpoint, lt(events.id, input.before)))
    .orderBy(desc(events.id))
    .limit(input.limit + 1)
  const items = rows.slice(0, input.limit).map(row => ({
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    state: row.kind === 'stateChanged' ? (stateChange.safeParse(row.data).data?.to ?? null) : null,
    message: row.message,
    actorKind: row.actorKind,
    actorName: row.actorName,
    revision: row.revision,
    replicaId: row.replicaId,
  }))
  return ok({ items, hasMore: rows.length > input.limit })
}
