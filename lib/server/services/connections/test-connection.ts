import { and, eq } from 'drizzle-orm'
import { canManageConnections } from '@/lib/domain/access/rights'
import { connectionSettings } from '@/lib/domain/connections/connection'
import type { ConnectionRefInput } from '@/lib/domain/connections/inputs'
import type { ConnectionView } from '@/lib/domain/connections/view'
import type { Result } from '@/lib/domain/result'
import { connections } from '@/lib/server/db/schema/connections'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { findConnection, openConnectionSecrets } from './connection-row'
import { getConnection } from './get-connection'
import { testAccount } from './test-account'

/** Tries the permissions again and keeps what was found, also that nothing could be found out. */
export async function testConnection(
  ctx: Context,
  input: ConnectionRefInput,
): Promise<Result<ConnectionView>> {
  const team = await requireTeam(ctx, input.team, canManageConnections, 'test connections')
  if (!team.ok) return team
  const found = await findConnection(ctx.db, team.data.id, input.connectionId)
  if (!found.ok) return found
  const { id, name, version, settings } = found.data
  const secrets = openConnectionSecrets(found.data)
  const tested = secrets.ok ? await testAccount(connectionSettings.parse(settings), secrets.data) : secrets
  const outcome = tested.ok
    ? { permissions: tested.data, problem: null }
    : { permissions: [], problem: tested.error.message }
  await ctx.db.transaction(async tx => {
    // Nothing is said of a token that was replaced meanwhile.
    await tx
      .update(connections)
      .set({ ...outcome, checkedAt: new Date() })
      .where(and(eq(connections.id, id), eq(connections.version, version)))
    await recordAudit(tx, ctx.actor, {
      teamId: team.data.id,
      action: 'connection.test',
      objectKind: 'connection',
      objectId: id,
      objectName: name,
      change: { problem: outcome.problem },
    })
  })
  return getConnection(ctx, team.data.id, id)
}
