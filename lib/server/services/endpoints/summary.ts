import { and, eq, type SQL } from 'drizzle-orm'
import { driftViewOf } from '@/lib/domain/endpoint/drift-text'
import { modelLabel } from '@/lib/domain/endpoint/model-label'
import { type EndpointSpec, endpointSpec } from '@/lib/domain/endpoint/spec'
import type { EndpointSummary } from '@/lib/domain/endpoint/view'
import type { InstanceType } from '@/lib/domain/hardware/instance-type'
import { isDirectOnly } from '@/lib/domain/network/direct-only'
import { unreachedViewOf } from '@/lib/domain/network/unreached'
import type { Queryable } from '@/lib/server/db/client'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { revisions } from '@/lib/server/db/schema/revisions'
import { instanceTypesOf } from '../catalog/read-catalog'
import { type Activity, activityOf, noActivity } from './activity'
import { driftOfRow, unreachedOfRow } from './drift-row'
import { endpointUrl } from './endpoint-url'
import type { EndpointRow } from './find-endpoint'

export type Summarized = {
  row: EndpointRow
  spec: EndpointSpec
  sentType: string | null
  summary: EndpointSummary
  type: InstanceType | undefined
}

/** Endpoints of one team with their newest spec, their last 24 hours and their price. */
export async function readSummaries(
  db: Pick<Queryable, 'select'>,
  teamSlug: string,
  where: SQL | undefined,
): Promise<Summarized[]> {
  const rows = await db
    .select({ row: endpoints, spec: revisions.spec, sentType: revisions.sentType })
    .from(endpoints)
    .innerJoin(
      revisions,
      and(eq(revisions.endpointId, endpoints.id), eq(revisions.number, endpoints.revision)),
    )
    .where(where)
  const ids = rows.map(({ row }) => row.id)
  const parsed = rows.map(({ row, spec, sentType }) => ({ row, spec: endpointSpec.parse(spec), sentType }))
  const [activity, typeOf] = await Promise.all([
    activityOf(db, ids),
    instanceTypesOf(
      db,
      parsed.map(({ spec }) => spec),
    ),
  ])
  return parsed.map(({ row, spec, sentType }) => {
    const type = typeOf(spec.hardware)
    const summary = toSummary(row, spec, teamSlug, activity.get(row.id) ?? noActivity(), type)
    return { row, spec, sentType, summary, type }
  })
}

function toSummary(
  row: EndpointRow,
  spec: EndpointSpec,
  teamSlug: string,
  activity: Activity,
  type: InstanceType | undefined,
): EndpointSummary {
  const { hardware } = spec
  return {
    id: row.id,
    team: teamSlug,
    name: row.name,
    state: row.state,
    desired: row.desired,
    message: row.stateMessage,
    errorMessage: row.errorMessage,
    task: spec.model.task,
    model: modelLabel(spec),
    provider: hardware.provider,
    region: hardware.region,
    instanceType: hardware.instanceType,
    instanceLabel: type?.label ?? hardware.instanceType,
    security: spec.security.level,
    isDirectOnly: isDirectOnly(spec),
    tags: spec.advanced.tags,
    readyReplicas: row.readyReplicas,
    targetReplicas: row.targetReplicas,
    revision: row.revision,
    servingRevision: row.servingRevision,
    costUsdPerHour: costPerHour(row, spec, type),
    requests24h: activity.requests,
    p95Ms: activity.p95Us === null ? null : activity.p95Us / 1000,
    sparkline: activity.hourly,
    url: endpointUrl(teamSlug, row.name),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    removedAt: row.removedAt?.toISOString() ?? null,
    drift: driftViewOf(driftOfRow(row)),
    unreached: unreachedViewOf(unreachedOfRow(row), spec, row.desired, Date.now()),
    isReadOnly: row.isReadOnly,
  }
}

/** Of all replicas wanted now: none while paused or going. Null where nobody has set a price. */
function costPerHour(row: EndpointRow, spec: EndpointSpec, type: InstanceType | undefined): number | null {
  if (!type || type.priceUsdPerHour === null) return null
  const wanted =
    row.desired === 'present' ? Math.max(row.targetReplicas, spec.hardware.scaling.minReplicas) : 0
  return wanted * type.priceUsdPerHour
}
