import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import { userIdOf } from '@/lib/domain/access/actor'
import { canCreateEndpoint } from '@/lib/domain/access/rights'
import type { adoptEndpointInput } from '@/lib/domain/connections/account-endpoints'
import { adoptedName } from '@/lib/domain/endpoint/adopted-name'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { revisions } from '@/lib/server/db/schema/revisions'
import { requireTeam, type Team } from '../access/require-team'
import { findConnection } from '../connections/connection-row'
import { placed } from '../connections/list-account-endpoints'
import { adoptObstacle, readAccount } from '../connections/read-account'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { getEndpoint } from './get-endpoint'
import { recordEvent } from './record-event'

type Input = z.output<typeof adoptEndpointInput>

/** Takes an endpoint that is in the account already to the team's own, to look at: nothing is changed at the provider. */
export async function adoptEndpoint(ctx: Context, input: Input): Promise<Result<EndpointDetail>> {
  const team = await requireTeam(ctx, input.team, canCreateEndpoint, 'adopt endpoints')
  if (!team.ok) return team
  const connection = await findConnection(ctx.db, team.data.id, input.connectionId)
  if (!connection.ok) return connection
  const account = await readAccount(connection.data)
  if (!account.ok) return account
  const found = account.data.find(({ name }) => name === input.name)
  if (!found) return fail('not_found', `The account has no endpoint ${input.name} any more.`)
  const obstacle = adoptObstacle(found)
  if (obstacle !== null || !found.spec)
    return fail('invalid_state', `It cannot be adopted. ${obstacle ?? ''}`)
  const spec = placed(found.spec, input.connectionId)
  const written = await ctx.db.transaction(tx => write(tx, ctx, team.data, input, spec))
  return written.ok ? getEndpoint(ctx, { team: input.team, endpoint: written.data }) : written
}

async function write(
  tx: Queryable,
  { actor }: Context,
  team: Team,
  { connectionId, name: providerName }: Input,
  spec: EndpointSpec,
): Promise<Result<string>> {
  const held = await findConnection(tx, team.id, connectionId, 'key share')
  if (!held.ok) return held
  const taken = await tx
    .select({ name: endpoints.name })
    .from(endpoints)
    .where(and(eq(endpoints.teamId, team.id), isNull(endpoints.removedAt)))
  const name = adoptedName(providerName, wanted => !taken.some(row => row.name === wanted))
  const id = randomUUID()
  const userId = userIdOf(actor)
  const place = { provider: spec.hardware.provider, connectionId }
  const by = { createdBy: userId, updatedBy: userId }
  const [row] = await tx
    .insert(endpoints)
    .values({ id, teamId: team.id, name, ...place, providerName, isReadOnly: true, ...by })
    .onConflictDoNothing()
    .returning({ id: endpoints.id })
  if (!row) return fail('conflict', `${providerName} is adopted already.`)
  const summary = `Adopted from ${providerName}`
  await tx.insert(revisions).values({ endpointId: id, number: 1, spec, createdBy: userId, summary })
  await recordEvent(tx, {
    endpointId: id,
    kind: 'created',
    message: `${summary}: Slipway looks at it and changes nothing.`,
    actor,
    revision: 1,
  })
  await recordAudit(tx, actor, {
    teamId: team.id,
    action: 'endpoint.adopt',
    objectKind: 'endpoint',
    objectId: id,
    objectName: name,
    change: { providerName },
  })
  await notify(tx, 'endpoints')
  return ok(id)
}
