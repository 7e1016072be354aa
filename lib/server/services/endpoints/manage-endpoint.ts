import { eq } from 'drizzle-orm'
import { canUpdateEndpoint } from '@/lib/domain/access/rights'
import { diffSpecs, summarizeChanges } from '@/lib/domain/endpoint/diff'
import type { EndpointRefInput } from '@/lib/domain/endpoint/inputs'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { findConnection } from '../connections/connection-row'
import { placed } from '../connections/list-account-endpoints'
import { adoptObstacle, readAccount, readManageObstacle } from '../connections/read-account'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { getEndpoint } from './get-endpoint'
import { recordEvent } from './record-event'
import { type Found, lockEndpoint, requireEndpoint } from './require-endpoint'
import { readRevision } from './revision-rows'
import { writeRevision } from './write-revision'

/**
 * Lets Slipway change an adopted endpoint from here on. Its settings are read once more, so that what was changed
 * while it was only looked at stays; the controller puts our tags on it, and nothing else.
 */
export async function manageEndpoint(ctx: Context, input: EndpointRefInput): Promise<Result<EndpointDetail>> {
  const found = await requireEndpoint(ctx, input, canUpdateEndpoint, 'manage this endpoint')
  if (!found.ok) return found
  const now = await readNow(ctx, found.data)
  if (!now.ok) return now
  const written = await ctx.db.transaction(async tx => {
    const row = await lockEndpoint(tx, found.data, 'manage')
    if (!row.ok) return row
    const { id, name, revision, state } = row.data
    const base = await readRevision(tx, id, revision)
    if (!base) return fail('not_found', `There is no revision ${revision}.`)
    const changes = diffSpecs(base.spec, now.data)
    if (changes.length > 0)
      await writeRevision(
        tx,
        ctx.actor,
        { ...found.data, endpoint: row.data },
        {
          spec: now.data,
          sealed: base.sealedSecrets,
          summary: summarizeChanges(changes),
          sentType: null,
        },
      )
    // What is paused stays so until somebody resumes it.
    const desired = state === 'paused' ? 'paused' : 'present'
    await tx.update(endpoints).set({ isReadOnly: false, desired, settled: null }).where(eq(endpoints.id, id))
    await recordEvent(tx, {
      endpointId: id,
      kind: 'updated',
      message:
        'Managed by Slipway from here on: it gets our tags, and can be changed, paused and deleted here.',
      actor: ctx.actor,
    })
    await recordAudit(tx, ctx.actor, {
      teamId: found.data.team.id,
      action: 'endpoint.manage',
      objectKind: 'endpoint',
      objectId: id,
      objectName: name,
    })
    await notify(tx, 'endpoints')
    return ok(null)
  })
  return written.ok ? getEndpoint(ctx, { team: input.team, endpoint: found.data.endpoint.id }) : written
}

/** What it is at this moment, where Slipway can take it over. */
async function readNow(ctx: Context, { team, endpoint }: Found): Promise<Result<EndpointSpec>> {
  const { connectionId, providerName, isReadOnly } = endpoint
  if (!isReadOnly || connectionId === null)
    return fail('invalid_state', 'Slipway manages this endpoint already.')
  const connection = await findConnection(ctx.db, team.id, connectionId)
  if (!connection.ok) return connection
  const account = await readAccount(connection.data)
  if (!account.ok) return account
  const seen = account.data.find(({ name }) => name === providerName)
  if (!seen) return fail('invalid_state', 'The account has nothing of it any more. Release it.')
  const obstacle = adoptObstacle(seen) ?? seen.manageProblem
  if (obstacle !== null || !seen.spec) return fail('invalid_state', `It cannot be managed. ${obstacle ?? ''}`)
  const denied = await readManageObstacle(connection.data, seen.name)
  if (!denied.ok) return denied
  if (denied.data !== null) {
    const { message, statements } = denied.data
    return fail('invalid_state', `It cannot be managed. ${message}`, { details: { statements } })
  }
  return ok(placed(seen.spec, connectionId))
}
