import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { canCreateEndpoint } from '@/lib/domain/access/rights'
import type { createEndpointInput } from '@/lib/domain/endpoint/inputs'
import { modelLabel } from '@/lib/domain/endpoint/model-label'
import type { EndpointSpec } from '@/lib/domain/endpoint/spec'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { notify } from '@/lib/server/db/notify'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { revisions } from '@/lib/server/db/schema/revisions'
import { requireTeam, type Team } from '../access/require-team'
import { instanceTypesOf } from '../catalog/read-catalog'
import { findConnection } from '../connections/connection-row'
import type { Context } from '../context'
import { recordAudit } from '../record-audit'
import { checkSpec } from './check-spec'
import { findEndpoint } from './find-endpoint'
import { getEndpoint } from './get-endpoint'
import { recordEvent } from './record-event'
import { type SealedSecrets, sealSecrets } from './secrets'

type Input = z.output<typeof createEndpointInput>
type New = {
  id: string
  name: string
  spec: EndpointSpec
  /** What the instance type is called. */
  hardware: string
  sealed: SealedSecrets
  sentType: string | null
}

/**
 * Takes down that the team wants this endpoint; the controller makes it so. Everything is checked before the
 * first row is written, and all rows are one transaction: nothing is ever half-created.
 */
export async function createEndpoint(ctx: Context, input: Input): Promise<Result<EndpointDetail>> {
  const team = await requireTeam(ctx, input.team, canCreateEndpoint, 'create endpoints')
  if (!team.ok) return team
  if (await findEndpoint(ctx.db, team.data.id, input.name)) return nameTaken(input.name)
  const id = randomUUID()
  const sealed = sealSecrets(id, input.secrets, {})
  if (!sealed.ok) return sealed
  const spec = await checkSpec(
    { db: ctx.db, teamId: team.data.id },
    input.spec,
    Object.keys(input.secrets),
    input.secrets.HF_TOKEN ?? null,
  )
  if (!spec.ok) return spec

  const { name, sentType } = input
  const typeOf = await instanceTypesOf(ctx.db, [spec.data])
  const hardware = typeOf(spec.data.hardware)?.label ?? spec.data.hardware.instanceType
  const written = await ctx.db.transaction(tx =>
    write(tx, ctx.actor, team.data, { id, name, spec: spec.data, hardware, sealed: sealed.data, sentType }),
  )
  return written.ok ? getEndpoint(ctx, { team: input.team, endpoint: id }) : written
}

/** Refused when somebody took the name, or deleted the connection, since they were looked up. */
async function write(tx: Queryable, actor: Actor, team: Team, of: New): Promise<Result<null>> {
  const userId = userIdOf(actor)
  const { connection: connectionId } = of.spec.hardware
  if (connectionId !== null) {
    const held = await findConnection(tx, team.id, connectionId, 'key share')
    if (!held.ok) return held
  }
  const [row] = await tx
    .insert(endpoints)
    .values({
      id: of.id,
      teamId: team.id,
      name: of.name,
      provider: of.spec.hardware.provider,
      connectionId,
      createdBy: userId,
      updatedBy: userId,
    })
    .onConflictDoNothing()
    .returning({ id: endpoints.id })
  if (!row) return nameTaken(of.name)
  await tx.insert(revisions).values({
    endpointId: of.id,
    number: 1,
    spec: of.spec,
    sealedSecrets: of.sealed,
    sentType: of.sentType,
    createdBy: userId,
    summary: 'Created',
  })
  await recordEvent(tx, {
    endpointId: of.id,
    kind: 'created',
    message: `Created with ${modelLabel(of.spec)} on ${of.hardware}.`,
    actor,
    revision: 1,
  })
  await recordAudit(tx, actor, {
    teamId: team.id,
    action: 'endpoint.create',
    objectKind: 'endpoint',
    objectId: of.id,
    objectName: of.name,
    change: { spec: of.spec },
  })
  await notify(tx, 'endpoints')
  return ok(null)
}

function nameTaken(name: string): Result<never> {
  const message = `This team already has an endpoint “${name}”. Choose another name.`
  return fail('conflict', message, { fields: { name: message } })
}
