import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { canManageConnections } from '@/lib/domain/access/rights'
import {
  type ConnectionSecrets,
  connectionSettings,
  type PermissionResult,
} from '@/lib/domain/connections/connection'
import type { updateConnectionInput } from '@/lib/domain/connections/inputs'
import type { ConnectionView } from '@/lib/domain/connections/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import { notify } from '@/lib/server/db/notify'
import { connections } from '@/lib/server/db/schema/connections'
import { requireTeam } from '../access/require-team'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import {
  type ConnectionRow,
  findConnection,
  openConnectionSecrets,
  sealConnectionSecrets,
} from './connection-row'
import { getConnection } from './get-connection'
import { endpointNames } from './read-views'
import { requireOwnSecrets } from './require-own-secrets'
import { testAccount } from './test-account'

type Input = z.output<typeof updateConnectionInput>

/** Changes name, settings or token. What decides whether it works is tried first, as for a new one. */
export async function updateConnection(ctx: Context, input: Input): Promise<Result<ConnectionView>> {
  const team = await requireTeam(ctx, input.team, canManageConnections, 'change connections')
  if (!team.ok) return team
  const own = requireOwnSecrets(input, team.data.slug)
  if (!own.ok) return own
  const found = await findConnection(ctx.db, team.data.id, input.connectionId)
  if (!found.ok) return found
  const isMoved = !isSamePlace(found.data, input)
  const left = isMoved ? await usersOf(ctx.db, input.connectionId) : []
  if (left.length > 0) return stillUsed(left)
  const isNew = isMoved || input.secrets !== null
  const tested = isNew ? await tryNew(found.data, input) : ok(null)
  if (!tested.ok) return tested

  const written = await ctx.db.transaction(async tx => {
    const row = await findConnection(tx, team.data.id, input.connectionId, 'update')
    if (!row.ok) return row
    // Its endpoints are at the old place; nobody could find or delete them from the new one.
    const users = isMoved ? await usersOf(tx, row.data.id) : []
    if (users.length > 0) return stillUsed(users)
    await tx.update(connections).set(changesOf(input, tested.data)).where(eq(connections.id, row.data.id))
    await recordAudit(tx, ctx.actor, {
      teamId: team.data.id,
      action: 'connection.update',
      objectKind: 'connection',
      objectId: row.data.id,
      objectName: input.name,
      change: { settings: input.settings, token: input.secrets === null ? 'kept' : 'replaced' },
    })
    // Gateways hold the token, controllers the account.
    await notify(tx, 'endpoints')
    return ok(null)
  })
  return written.ok ? getConnection(ctx, team.data.id, input.connectionId) : written
}

const usersOf = async (db: Parameters<typeof endpointNames>[0], id: string) =>
  (await endpointNames(db, [id])).get(id) ?? []

/** Parsed, so that both have their keys in one order; the database has its own. */
const isSamePlace = (row: ConnectionRow, { settings }: Input): boolean =>
  JSON.stringify(connectionSettings.parse(row.settings)) === JSON.stringify(settings)

type Tested = { secrets: ConnectionSecrets; permissions: PermissionResult[] }

async function tryNew(row: ConnectionRow, { settings, secrets: given }: Input): Promise<Result<Tested>> {
  const secrets = given === null ? openConnectionSecrets(row) : ok(given)
  if (!secrets.ok) return secrets
  const permissions = await testAccount(settings, secrets.data)
  return permissions.ok ? ok({ secrets: secrets.data, permissions: permissions.data }) : permissions
}

function changesOf({ connectionId, name, settings }: Input, tested: Tested | null) {
  if (!tested) return { name }
  return {
    name,
    settings,
    sealedSecrets: sealConnectionSecrets(connectionId, tested.secrets),
    version: sql`${connections.version} + 1`,
    permissions: tested.permissions,
    problem: null,
    checkedAt: new Date(),
  }
}

function stillUsed(names: readonly string[]): Result<never> {
  const message = `${names.join(', ')} would be left behind at the old place. Delete what uses this connection first, or add a second connection.`
  return fail('conflict', message, { fields: { namespace: message } })
}
