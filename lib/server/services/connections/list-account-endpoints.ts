import { and, eq, isNull } from 'drizzle-orm'
import { canCreateEndpoint } from '@/lib/domain/access/rights'
import type { AccountEndpointView } from '@/lib/domain/connections/account-endpoints'
import type { ConnectionRefInput } from '@/lib/domain/connections/inputs'
import { modelLabel } from '@/lib/domain/endpoint/model-label'
import { ok, type Result } from '@/lib/domain/result'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import type { AccountEndpoint } from '@/lib/server/providers/port'
import { requireTeam } from '../access/require-team'
import { type FindType, instanceTypesOf } from '../catalog/read-catalog'
import type { Context } from '../context'
import { findConnection } from './connection-row'
import { adoptObstacle, readAccount } from './read-account'

/** What exists in an account, ours and others', with what can be adopted. */
export async function listAccountEndpoints(
  ctx: Context,
  input: ConnectionRefInput,
): Promise<Result<{ items: AccountEndpointView[] }>> {
  const team = await requireTeam(ctx, input.team, canCreateEndpoint, 'look for endpoints to adopt')
  if (!team.ok) return team
  const connection = await findConnection(ctx.db, team.data.id, input.connectionId)
  if (!connection.ok) return connection
  const account = await readAccount(connection.data)
  if (!account.ok) return account
  const { id } = connection.data
  const known = await ctx.db
    .select({ name: endpoints.name, id: endpoints.id, providerName: endpoints.providerName })
    .from(endpoints)
    .where(and(eq(endpoints.connectionId, id), isNull(endpoints.removedAt)))
  const specs = account.data.flatMap(({ spec }) => (spec ? [placed(spec, id)] : []))
  const typeOf = await instanceTypesOf(ctx.db, specs)
  const nameOf = ({ name, owner }: AccountEndpoint) =>
    known.find(row => row.providerName === name)?.name ??
    (owner === 'ours' ? known.find(row => name.endsWith(row.id.slice(0, 8)))?.name : undefined) ??
    null
  const items = account.data.map(found => viewOf(found, id, nameOf(found), typeOf))
  return ok({ items: items.toSorted((a, b) => a.name.localeCompare(b.name)) })
}

type Spec = NonNullable<AccountEndpoint['spec']>
export const placed = (spec: Spec, connection: string): Spec => ({
  ...spec,
  hardware: { ...spec.hardware, connection },
})

function viewOf(
  found: AccountEndpoint,
  connectionId: string,
  endpoint: string | null,
  typeOf: FindType,
): AccountEndpointView {
  const { name, state, replicas, spec } = found
  const type = spec ? typeOf(placed(spec, connectionId).hardware) : undefined
  return {
    name,
    state,
    replicas,
    model: spec ? modelLabel(spec) : null,
    hardware: type?.label ?? spec?.hardware.instanceType ?? null,
    region: spec?.hardware.region ?? null,
    priceUsdPerHour: type?.priceUsdPerHour ?? null,
    endpoint,
    obstacle: adoptObstacle(found),
  }
}
