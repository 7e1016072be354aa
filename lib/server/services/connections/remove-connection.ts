import { and, eq, inArray, isNull } from 'drizzle-orm'
import { canManageConnections } from '@/lib/domain/access/rights'
import type { ConnectionRefInput } from '@/lib/domain/connections/inputs'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { connections } from '@/lib/server/db/schema/connections'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicas } from '@/lib/server/db/schema/replicas'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { findConnection } from './connection-row'
import { endpointNames } from './read-views'

/**
 * Forgets an account and its token. Refused while an endpoint needs it, also one that is being deleted: without the
 * token nothing of it could be removed, and it would cost money unseen.
 */
export async function removeConnection(
  ctx: Context,
  input: ConnectionRefInput,
): Promise<Result<{ id: string }>> {
  const team = await requireTeam(ctx, input.team, canManageConnections, 'delete connections')
  if (!team.ok) return team
  return ctx.db.transaction(async tx => {
    // A new endpoint holds the row shared until it is written, so none can slip in between looking and deleting.
    const row = await findConnection(tx, team.data.id, input.connectionId, 'update')
    if (!row.ok) return row
    const { id, name } = row.data
    const users = (await endpointNames(tx, [id])).get(id) ?? []
    if (users.length > 0)
      return fail(
        'conflict',
        `${name} is used by ${users.join(', ')}. Delete ${users.length === 1 ? 'it' : 'them'} first.`,
      )
    // What deleted endpoints wrote and nobody has read cannot be read any more.
    await tx
      .update(replicas)
      .set({ logsEndedAt: new Date() })
      .where(and(isNull(replicas.logsEndedAt), inArray(replicas.endpointId, endpointsOf(tx, id))))
    await tx.delete(connections).where(eq(connections.id, id))
    await recordAudit(tx, ctx.actor, {
      teamId: team.data.id,
      action: 'connection.remove',
      objectKind: 'connection',
      objectId: id,
      objectName: name,
    })
    return ok({ id })
  })
}

const endpointsOf = (tx: Pick<Queryable, 'select'>, connectionId: string) =>
  tx.select({ id: endpoints.id }).from(endpoints).where(eq(endpoints.connectionId, connectionId))
