import { endpointIdOfHost, splitTarget, teamSlugOf } from '../http/target'
import type { Replica } from './replica'
import type { EndpointRow, Snapshot, TokenRow } from './snapshot'

/** An endpoint as requests see it. */
export type EndpointRoute = EndpointRow & {
  /** Those that may get requests. */
  replicas: readonly Replica[]
  /** Counts choices, so that ties rotate. */
  turn: number
}
/** Fits `Asker`: rights are asked of the same predicates as everywhere. */
export type TokenRoute = TokenRow & { kind: 'token' }

export type FoundRoute = { endpoint: EndpointRoute | null; path: string }

/** Everything needed to decide about a request, read-only, replaced as a whole. */
export class RoutingTable {
  readonly endpoints: ReadonlyMap<string, EndpointRoute>
  private readonly byName = new Map<string, EndpointRoute>()
  private readonly byHash = new Map<string, TokenRoute>()
  private readonly teamIds: ReadonlyMap<string, string>

  constructor(
    snapshot: Snapshot,
    replicas: Iterable<Replica>,
    private readonly domain: string | undefined,
  ) {
    const eligible = new Map<string, Replica[]>()
    for (const replica of replicas) {
      if (replica.isDraining) continue
      const siblings = eligible.get(replica.endpointId)
      if (siblings) siblings.push(replica)
      else eligible.set(replica.endpointId, [replica])
    }
    const endpoints = new Map<string, EndpointRoute>()
    for (const row of snapshot.endpoints) {
      const route = { ...row, replicas: eligible.get(row.id) ?? [], turn: 0 }
      endpoints.set(row.id, route)
      this.byName.set(`${row.team}/${row.name}`, route)
    }
    this.endpoints = endpoints
    for (const row of snapshot.tokens) this.byHash.set(row.hash, { ...row, kind: 'token' })
    this.teamIds = new Map(snapshot.teams.map(team => [team.slug, team.id]))
  }

  /** By host where the endpoint domain is set and matches, else by path. */
  find(url: string, host: string | undefined): FoundRoute {
    const id = endpointIdOfHost(host, this.domain)
    if (id !== null) return { endpoint: this.endpoints.get(id) ?? null, path: url }
    const target = splitTarget(url)
    if (!target) return { endpoint: null, path: url }
    return { endpoint: this.byName.get(target.name) ?? null, path: target.path }
  }

  /** `hash`: SHA-256 in base64. */
  tokenOf(hash: string, nowMs: number): TokenRoute | null {
    const token = this.byHash.get(hash)
    return token && (token.expiresAtMs === null || token.expiresAtMs > nowMs) ? token : null
  }

  /** Whose path this is, for counting refusals. */
  teamIdOf(url: string): string | null {
    return this.teamIds.get(teamSlugOf(url)) ?? null
  }
}
