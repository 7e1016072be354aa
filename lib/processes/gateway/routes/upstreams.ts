import ipaddr from 'ipaddr.js'
import type { EndpointState } from '@/lib/domain/endpoint/state'
import { hostPortOf } from '@/lib/domain/network/host-port'
import { type AllowedHosts, mayConnect, urlProblem } from '@/lib/server/outbound/address-rule'
import { upstreamAccess } from '@/lib/server/providers/upstream-access'
import { openConnectionSecrets } from '@/lib/server/services/connections/connection-row'
import type { FrontDoor } from './replica'
import type { ReplicaRow, Snapshot } from './snapshot'

/** In these it answers, or is woken by being asked. */
const REACHABLE: readonly EndpointState[] = [
  'initializing',
  'running',
  'updating',
  'updateFailed',
  'scaledToZero',
]

export type RoutedReplica = ReplicaRow & { door?: FrontDoor }

/**
 * Endpoints that a provider answers for, each as one upstream whatever stands behind it. Their credentials are
 * sealed in the snapshot, and so in the saved file; here they are opened, in memory. An endpoint whose credential
 * cannot be opened, or whose address may not be called, gets none and is closed.
 */
export function upstreamsOf({ endpoints, connections }: Snapshot, allowed: AllowedHosts): RoutedReplica[] {
  const byId = new Map(connections.map(connection => [connection.id, connection]))
  return endpoints.flatMap(endpoint => {
    const { id, upstream, calls, revision, requestTimeoutSeconds: patienceSeconds } = endpoint
    const via = calls?.by === 'gateway' ? hostPortOf(calls.address) : null
    if (calls && !(via && mayEnter(via.host, allowed))) return []
    const connection = upstream && byId.get(upstream.connectionId)
    if (!connection || !REACHABLE.includes(endpoint.state) || urlProblem(upstream.url, allowed)) return []
    const secrets = openConnectionSecrets(connection)
    if (!secrets.ok) return []
    const { origin, pathname, hash } = new URL(upstream.url)
    const access = upstreamAccess({ ...connection, secrets: secrets.data, patienceSeconds })
    if (!access) return []
    const component = access.kind === 'sagemaker' && hash !== '' ? { component: hash.slice(1) } : {}
    const door = { prefix: pathname.replace(/\/+$/, ''), allowed, via, ...access, ...component }
    return [{ id, endpointId: id, revision, address: origin, isDraining: false, door }]
  })
}

/** Names are checked where they are resolved. */
const mayEnter = (host: string, allowed: AllowedHosts): boolean =>
  !ipaddr.isValid(host) || mayConnect(host, host, allowed)
