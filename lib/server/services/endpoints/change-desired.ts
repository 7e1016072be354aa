import { eq } from 'drizzle-orm'
import { userIdOf } from '@/lib/domain/access/actor'
import type { EndpointAction } from '@/lib/domain/endpoint/eligibility'
import type { EventKind } from '@/lib/domain/endpoint/event'
import type { DesiredState } from '@/lib/domain/endpoint/state'
import { ok, type Result } from '@/lib/domain/result'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { recordEvent } from './record-event'
import { type Found, lockEndpoint } from './require-endpoint'

type Wish = {
  action: Extract<EndpointAction, 'pause' | 'scaleToZero' | 'resume' | 'remove' | 'release'>
  desired: DesiredState
  kind: EventKind
  message: string
}

/** Writes what the team wants instead, with event and audit row; the controller makes it so. */
export const changeDesired = (ctx: Context, found: Found, wish: Wish): Promise<Result<{ id: string }>> =>
  ctx.db.transaction(async tx => {
    const row = await lockEndpoint(tx, found, wish.action)
    if (!row.ok) return row
    const { id, name, desired: before, revision } = row.data
    if (before === wish.desired) return ok({ id })
    // Whoever wants something else of a failed endpoint wants another try, however soon a resume follows a pause.
    const intent = { desired: wish.desired, failedRevision: null, settled: null }
    await tx
      .update(endpoints)
      .set({ ...intent, updatedAt: new Date(), updatedBy: userIdOf(ctx.actor) })
      .where(eq(endpoints.id, id))
    await recordEvent(tx, {
      endpointId: id,
      kind: wish.kind,
      message: wish.message,
      actor: ctx.actor,
      revision,
    })
    await recordAudit(tx, ctx.actor, {
      teamId: found.team.id,
      action: `endpoint.${wish.action}`,
      objectKind: 'endpoint',
      objectId: id,
      objectName: name,
      change: { before, after: wish.desired },
    })
    await notify(tx, 'endpoints')
    return ok({ id })
  })
