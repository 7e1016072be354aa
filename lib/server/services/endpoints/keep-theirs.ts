import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { canUpdateEndpoint } from '@/lib/domain/access/rights'
import { diffSpecs, summarizeChanges } from '@/lib/domain/endpoint/diff'
import { type Drift, type Settlement, specAsSeen } from '@/lib/domain/endpoint/drift'
import { driftViewOf } from '@/lib/domain/endpoint/drift-text'
import type { resolveDriftInput } from '@/lib/domain/endpoint/drift-view'
import { rebuildProblem } from '@/lib/domain/endpoint/rebuild-problem'
import { type EndpointSpec, endpointSpec } from '@/lib/domain/endpoint/spec'
import type { DesiredState } from '@/lib/domain/endpoint/state'
import type { EndpointDetail } from '@/lib/domain/endpoint/view'
import { fail, ok, type Result } from '@/lib/domain/result'
import type { Queryable } from '@/lib/server/db/client'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import type { Context } from '../context'
import { settlementOfRow } from './drift-row'
import { getEndpoint } from './get-endpoint'
import { type Drifted, lockDrift } from './lock-drift'
import { recordResolution } from './record-resolution'
import { type Found, requireEndpoint } from './require-endpoint'
import { readRevision } from './revision-rows'
import { writeRevision } from './write-revision'

/**
 * Takes what was changed outside for what the team wants: a revision with their settings, a pause or a resume with
 * theirs, or a deletion. Nothing is changed at the provider.
 */
export async function keepTheirs(
  ctx: Context,
  input: z.output<typeof resolveDriftInput>,
): Promise<Result<EndpointDetail>> {
  const found = await requireEndpoint(ctx, input, canUpdateEndpoint, 'change this endpoint')
  if (!found.ok) return found
  const written = await ctx.db.transaction(async tx => {
    const drifted = await lockDrift(tx, found.data, input.since)
    return drifted.ok ? await keep(tx, ctx, found.data, drifted.data) : drifted
  })
  return written.ok ? getEndpoint(ctx, { team: input.team, endpoint: found.data.endpoint.id }) : written
}

const DESIRED_OF: Record<NonNullable<Drift['state']>, DesiredState> = {
  gone: 'absent',
  paused: 'paused',
  running: 'present',
}

async function keep(
  tx: Queryable,
  { actor }: Context,
  { team }: Found,
  drifted: Drifted,
): Promise<Result<null>> {
  const { row, drift } = drifted
  const { keepProblem } = driftViewOf(drift) ?? { keepProblem: null }
  if (keepProblem !== null) return fail('invalid_state', keepProblem)
  const desired = drift.state === null ? row.desired : DESIRED_OF[drift.state]
  const revision = await takeSettings(tx, actor, { team, endpoint: row }, drift)
  if (!revision.ok) return revision
  const settled: Settlement = {
    desired,
    revision: revision.data,
    isThere: true,
    version: drift.version,
    isCurrent: settlementOfRow(row)?.isCurrent ?? false,
    isRestoring: false,
  }
  // What served serves on, under the number of its new revision: nothing rolls.
  const servingRevision = row.servingRevision === null ? null : revision.data
  await tx
    .update(endpoints)
    .set({ desired, settled, servingRevision, drift: null })
    .where(eq(endpoints.id, row.id))
  await recordResolution(tx, actor, drifted, {
    action: 'endpoint.keep',
    kind: desired === 'absent' ? 'deleteRequested' : 'driftResolved',
    words: 'Kept as it is at the provider.',
    revision: revision.data,
  })
  return ok(null)
}

/** Without what wakes it, an endpoint at zero would rest for good. */
function aimProblem(before: EndpointSpec, after: EndpointSpec): { message: string } | null {
  const isLost = before.hardware.scaling.requestsPerMinute && !after.hardware.scaling.requestsPerMinute
  return isLost && after.hardware.scaling.minReplicas === 0
    ? { message: 'Nothing scales it there any more, so nothing would wake it at zero.' }
    : null
}

/** The revision that has their settings: a new one, or the newest where no setting differs. */
async function takeSettings(
  tx: Queryable,
  actor: Context['actor'],
  of: Found,
  { setup, changes }: Drift,
): Promise<Result<number>> {
  const { id, revision } = of.endpoint
  const base = await readRevision(tx, id, revision)
  if (!base) return fail('not_found', `There is no revision ${revision}.`)
  if (changes.length === 0) return ok(revision)
  const theirs = endpointSpec.safeParse(specAsSeen(base.spec, setup))
  if (!theirs.success) {
    const why = theirs.error.issues[0]?.message ?? ''
    return fail('invalid', `Slipway cannot have what is set there: ${why} Put ours back, or change it there.`)
  }
  const rebuilt = rebuildProblem(base.spec, theirs.data) ?? aimProblem(base.spec, theirs.data)
  if (rebuilt) return fail('invalid_state', `Put ours back. ${rebuilt.message}`)
  const differences = diffSpecs(base.spec, theirs.data)
  if (differences.length === 0) return ok(revision)
  await writeRevision(tx, actor, of, {
    spec: theirs.data,
    sealed: base.sealedSecrets,
    summary: `kept from outside: ${summarizeChanges(differences)}`,
    sentType: base.sentType,
  })
  return ok(revision + 1)
}
