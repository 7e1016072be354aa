import { cache } from 'react'
import type { z } from 'zod'
import type { Actor } from '@/lib/domain/access/actor'
import { emptyInput, teamInput } from '@/lib/domain/access/inputs'
import { chartInput, recordsInput } from '@/lib/domain/analytics/inputs'
import { teamAnalyticsInput } from '@/lib/domain/analytics/team-view'
import { connectionRef } from '@/lib/domain/connections/inputs'
import { endpointRef, listEndpointsInput, listEventsInput } from '@/lib/domain/endpoint/inputs'
import { hubModelInput, hubSearchInput } from '@/lib/domain/hub/model'
import { logDensityInput, readLogPageInput } from '@/lib/domain/logs/inputs'
import { requestLinesInput } from '@/lib/domain/logs/request-lines'
import { reachInput } from '@/lib/domain/network/reach'
import { fail, type Result } from '@/lib/domain/result'
import {
  analyticsHardware,
  analyticsNative,
  analyticsRecords,
  analyticsReplicas,
  analyticsRequests,
  analyticsTeam,
} from '@/lib/queries/analytics'
import { catalogGet } from '@/lib/queries/catalog'
import { accountEndpoints, connectionsList } from '@/lib/queries/connections'
import { endpointEvents, endpointGet, endpointRevisions, endpointsList } from '@/lib/queries/endpoints'
import { hubFolders, hubModel, hubModels } from '@/lib/queries/hub'
import { logsDensity, logsOfRequest, logsPage } from '@/lib/queries/logs'
import { networkReach } from '@/lib/queries/network'
import { profileGet, sessionsList } from '@/lib/queries/profile'
import { tokensList } from '@/lib/queries/tokens'
import { QueryError, type Resource, type Transport } from '@/lib/queries/transport'
import { database } from '@/lib/server/db/client'
import { currentActor } from '@/lib/server/http/current-actor'
import { parseInput } from '@/lib/server/http/parse'
import { getProfile } from '@/lib/server/services/access/get-profile'
import { listSessions } from '@/lib/server/services/access/list-sessions'
import { listTokens } from '@/lib/server/services/access/list-tokens'
import {
  getHardwareCharts,
  getNativeCharts,
  getReplicaCharts,
  getRequestCharts,
  listRequestRecords,
} from '@/lib/server/services/analytics/get-charts'
import { getTeamAnalytics } from '@/lib/server/services/analytics/get-team-analytics'
import { getCatalog } from '@/lib/server/services/catalog/get-catalog'
import { listAccountEndpoints } from '@/lib/server/services/connections/list-account-endpoints'
import { listConnections } from '@/lib/server/services/connections/list-connections'
import { type Context, onceEach } from '@/lib/server/services/context'
import { getEndpoint } from '@/lib/server/services/endpoints/get-endpoint'
import { listEndpoints } from '@/lib/server/services/endpoints/list-endpoints'
import { listEvents } from '@/lib/server/services/endpoints/list-events'
import { listRevisions } from '@/lib/server/services/endpoints/list-revisions'
import { getHubModel } from '@/lib/server/services/hub/get-model'
import { listFolderModels } from '@/lib/server/services/hub/list-folders'
import { searchHubModels } from '@/lib/server/services/hub/search-models'
import { readLogDensity } from '@/lib/server/services/logs/read-log-density'
import { readLogPage } from '@/lib/server/services/logs/read-log-page'
import { readRequestLines } from '@/lib/server/services/logs/read-request-lines'
import { checkReach } from '@/lib/server/services/network/check-reach'

type Reader = { name: string; read: (ctx: Context, params: unknown) => Promise<Result<unknown>> }

/** Which verb answers a resource, and the schema that parses what a URL or a page asks it for. */
const reader = <Params, Data, S extends z.ZodType>(
  resource: Resource<Params, Data>,
  schema: S,
  verb: (ctx: Context, input: z.output<S>) => Promise<Result<Data>>,
): Reader => ({
  name: resource.name,
  read: async (ctx, params) => {
    const input = parseInput(schema, params)
    return input.ok ? verb(ctx, input.data) : input
  },
})

/** One line per resource, whoever owns it. Serves pages here and GET routes through `readRoute`. */
const READERS: readonly Reader[] = [
  reader(analyticsRequests, chartInput, getRequestCharts),
  reader(analyticsReplicas, chartInput, getReplicaCharts),
  reader(analyticsHardware, chartInput, getHardwareCharts),
  reader(analyticsNative, chartInput, getNativeCharts),
  reader(analyticsRecords, recordsInput, listRequestRecords),
  reader(analyticsTeam, teamAnalyticsInput, getTeamAnalytics),
  reader(catalogGet, teamInput, getCatalog),
  reader(connectionsList, teamInput, listConnections),
  reader(accountEndpoints, connectionRef, listAccountEndpoints),
  reader(endpointsList, listEndpointsInput, listEndpoints),
  reader(endpointGet, endpointRef, getEndpoint),
  reader(endpointEvents, listEventsInput, listEvents),
  reader(endpointRevisions, endpointRef, listRevisions),
  reader(hubModels, hubSearchInput, searchHubModels),
  reader(hubModel, hubModelInput, getHubModel),
  reader(networkReach, reachInput, checkReach),
  reader(hubFolders, teamInput, listFolderModels),
  reader(logsDensity, logDensityInput, readLogDensity),
  reader(logsPage, readLogPageInput, readLogPage),
  reader(logsOfRequest, requestLinesInput, readRequestLines),
  reader(profileGet, emptyInput, getProfile),
  reader(sessionsList, emptyInput, listSessions),
  reader(tokensList, teamInput, listTokens),
]

const readers = new Map(READERS.map(entry => [entry.name, entry]))

/** Reads a resource as an actor. */
export function readResource(name: string, ctx: Context, params: unknown): Promise<Result<unknown>> {
  const entry = readers.get(name)
  if (!entry) throw new Error(`No service is registered for the resource ${name}.`)
  return entry.read(ctx, params)
}

/** One for all reads of a page. */
const pageContext = cache((actor: Actor): Context => ({ db: database(), actor, once: onceEach() }))

/** For server components: the same reads as the signed-in person, without HTTP. Throws `QueryError`. */
export const serverTransport: Transport = async (resource, params) => {
  const actor = await currentActor()
  const result = actor
    ? await readResource(resource.name, pageContext(actor), params)
    : fail('unauthenticated', 'Your session has ended. Sign in again.')
  if (!result.ok) throw new QueryError(result.error)
  return (await resource.schema()).parse(result.data)
}
