import { and, eq, isNull, sql } from 'drizzle-orm'
import type { EndpointFacts, GatewayFacts, Replica } from '@/lib/domain/endpoint/rollout-types'
import type { Database } from '@/lib/server/db/client'
import { endpoints } from '@/lib/server/db/schema/endpoints'
import { replicas } from '@/lib/server/db/schema/replicas'
import { teams } from '@/lib/server/db/schema/teams'
import { loadOpenIntervals, type OpenInterval } from './intervals'
import { fromRow } from './replica-row'
import { type LoadedRevision, loadRevisions } from './revisions'

type EndpointRow = typeof endpoints.$inferSelect

/** An endpoint as the database knows it, at one moment of the database's clock. */
export type Loaded = {
  endpoint: EndpointRow
  teamSlug: string
  /** Those not confirmed gone. */
  replicas: Replica[]
  revisions: Map<number, LoadedRevision>
  openIntervals: OpenInterval[]
  facts: Omit<EndpointFacts, 'sightings' | 'isHalting' | 'startDeadlineMs'>
}

/** Null where the endpoint is gone or removed. */
export async function loadEndpoint(db: Database, endpointId: string): Promise<Loaded | null> {
  return await db.transaction(
    async tx => {
      const [found] = await tx
        .select({
          endpoint: endpoints,
          teamSlug: teams.slug,
          now: sql<Date>`now()`.mapWith(endpoints.createdAt),
        })
        .from(endpoints)
        .innerJoin(teams, eq(teams.id, endpoints.teamId))
        .where(and(eq(endpoints.id, endpointId), isNull(endpoints.removedAt)))
      if (!found) return null
      const { endpoint, teamSlug, now } = found
      const rows = await tx
        .select()
        .from(replicas)
        .where(and(eq(replicas.endpointId, endpointId), isNull(replicas.stoppedAt)))
        .orderBy(replicas.createdAt, replicas.name)
      const living = rows.map(fromRow)
      const { revision, servingRevision } = endpoint
      const numbers = [revision, servingRevision ?? revision, ...living.map(replica => replica.revision)]
      const loadedRevisions = await loadRevisions(tx, endpointId, numbers)
      return {
        endpoint,
        teamSlug,
        replicas: living,
        revisions: loadedRevisions,
        openIntervals: await loadOpenIntervals(tx, endpointId),
        facts: {
          desired: endpoint.desired,
          revision,
          revisions: new Map([...loadedRevisions].map(([number, each]) => [number, each.facts])),
          state: endpoint.state,
          servingRevision,
          failedRevision: endpoint.failedRevision,
          replicas: living,
          highestNumbers: await loadHighestNumbers(tx, endpointId),
          gateways: await loadGateways(tx),
          nowMs: now.getTime(),
        },
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** Replicas that a provider named itself have no number of ours. */
const OWN_NAME = String.raw`^r\d+-\d+$`

type Reader = Pick<Database, 'execute'>

async function loadHighestNumbers(tx: Reader, endpointId: string): Promise<Map<number, number>> {
  const found = await tx.execute<{ revision: number; highest: number }>(sql`
    select revision, max(split_part(name, '-', 2)::int) as highest
    from replicas where endpoint_id = ${endpointId} and name ~ ${OWN_NAME} group by revision`)
  return new Map(found.rows.map(row => [row.revision, row.highest]))
}

/** A row older than 15 s is a gateway that is gone. */
async function loadGateways(tx: Reader): Promise<GatewayFacts[]> {
  const found = await tx.execute<{
    id: string
    readAtMs: number | null
    inFlight: Record<string, number> | null
  }>(sql`
    select id, (extract(epoch from routes_read_at) * 1000)::float8 as "readAtMs", in_flight as "inFlight"
    from processes where kind = 'gateway' and seen_at > now() - interval '15 seconds'`)
  return found.rows.map(row => ({ id: row.id, routesReadAtMs: row.readAtMs, inFlight: row.inFlight ?? {} }))
}
