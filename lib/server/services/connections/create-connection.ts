import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { userIdOf } from '@/lib/domain/access/actor'
import { canManageConnections } from '@/lib/domain/access/rights'
import type { createConnectionInput } from '@/lib/domain/connections/inputs'
import type { ConnectionView } from '@/lib/domain/connections/view'
import type { Result } from '@/lib/domain/result'
import { connections } from '@/lib/server/db/schema/connections'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { sealConnectionSecrets } from './connection-row'
import { getConnection } from './get-connection'
import { requireOwnSecrets } from './require-own-secrets'
import { testAccount } from './test-account'

/**
 * Keeps an account after trying it. A missing permission is told and kept with it; a token that is no good, or a
 * server that does not answer, is refused.
 */
export async function createConnection(
  ctx: Context,
  { team: slug, name, settings, secrets }: z.output<typeof createConnectionInput>,
): Promise<Result<ConnectionView>> {
  const team = await requireTeam(ctx, slug, canManageConnections, 'add connections')
  if (!team.ok) return team
  const own = requireOwnSecrets({ settings, secrets }, team.data.slug)
  if (!own.ok) return own
  const permissions = await testAccount(settings, secrets)
  if (!permissions.ok) return permissions
  const id = randomUUID()
  await ctx.db.transaction(async tx => {
    await tx.insert(connections).values({
      id,
      teamId: team.data.id,
      name,
      settings,
      sealedSecrets: sealConnectionSecrets(id, secrets),
      permissions: permissions.data,
      createdBy: userIdOf(ctx.actor),
    })
    await recordAudit(tx, ctx.actor, {
      teamId: team.data.id,
      action: 'connection.create',
      objectKind: 'connection',
      objectId: id,
      objectName: name,
      change: { settings },
    })
  })
  return getConnection(ctx, team.data.id, id)
}
