import { counter, type Family, gauge, histogram, type Labels } from '@/lib/domain/analytics/open-metrics'
import type { Recorder } from '../recording/recorder'
import type { EndpointTotals, Totals } from '../recording/totals'
import type { RouteSource } from '../routes/route-source'
import type { EndpointRoute, RoutingTable } from '../routes/routing-table'

/** What may be seen: null is everything, a team's token sees its team, one limited to an endpoint that endpoint. */
export type Scope = { teamId: string; endpointId: string | null } | null

type Sources = {
  table: RoutingTable
  recorder: Recorder
  routes: Pick<RouteSource, 'readAt' | 'isDatabaseReachable'>
  lostRequests: number
}

/** Everything this gateway process counted since it started, as far as the scope goes. */
export function metricFamilies({ table, recorder, routes, lostRequests }: Sources, scope: Scope): Family[] {
  const seen = [...table.endpoints.values()]
    .filter(each => isInScope(each, scope))
    .map(endpoint => ({
      labels: { team: endpoint.team, endpoint: endpoint.name },
      endpoint,
      totals: recorder.totals.endpoints.get(endpoint.id),
      activity: recorder.activityOf(endpoint.id),
    }))
  const counts = seen.flatMap(each => (each.totals ? [{ labels: each.labels, totals: each.totals }] : []))
  return [
    ...requestFamilies(counts),
    {
      name: 'slipway_requests_in_flight',
      type: 'gauge',
      help: 'Requests admitted and not yet over.',
      samples: seen.map(({ labels, activity }) => gauge(labels, activity?.inFlight.value ?? 0)),
    },
    {
      name: 'slipway_requests_waiting',
      type: 'gauge',
      help: 'Requests not yet sent to a replica.',
      samples: seen.map(({ labels, activity }) => gauge(labels, activity?.waiting.value ?? 0)),
    },
    {
      name: 'slipway_replicas_ready',
      type: 'gauge',
      help: 'Replicas that get requests.',
      samples: seen.map(({ labels, endpoint }) => gauge(labels, endpoint.replicas.length)),
    },
    ...(scope === null ? processFamilies(recorder.totals, routes, lostRequests) : []),
  ]
}

const isInScope = (endpoint: EndpointRoute, scope: Scope): boolean =>
  scope === null ||
  (endpoint.teamId === scope.teamId && (scope.endpointId === null || scope.endpointId === endpoint.id))

function requestFamilies(counts: { labels: Labels; totals: EndpointTotals }[]): Family[] {
  const of = (make: (labels: Labels, totals: EndpointTotals) => Family['samples']): Family['samples'] =>
    counts.flatMap(({ labels, totals }) => make(labels, totals))
  return [
    {
      name: 'slipway_requests',
      type: 'counter',
      help: 'Requests that are over, by status; 499 is a client that left.',
      samples: of((labels, { requests }) =>
        [...requests].map(([status, count]) => counter({ ...labels, status: String(status) }, count)),
      ),
    },
    {
      name: 'slipway_request_duration_seconds',
      type: 'histogram',
      unit: 'seconds',
      help: 'From headers received to last byte written.',
      samples: of((labels, { total }) => histogram(labels, total)),
    },
    {
      name: 'slipway_time_to_first_byte_seconds',
      type: 'histogram',
      unit: 'seconds',
      help: 'From headers received to first byte of the answer.',
      samples: of((labels, { ttfb }) => histogram(labels, ttfb)),
    },
    {
      name: 'slipway_request_body_bytes',
      type: 'counter',
      unit: 'bytes',
      help: 'Bytes of request bodies.',
      samples: of((labels, { bytesIn }) => [counter(labels, bytesIn)]),
    },
    {
      name: 'slipway_response_body_bytes',
      type: 'counter',
      unit: 'bytes',
      help: 'Bytes of answers’ bodies.',
      samples: of((labels, { bytesOut }) => [counter(labels, bytesOut)]),
    },
    {
      name: 'slipway_tokens',
      type: 'counter',
      help: 'Tokens of language models, where answers state them.',
      samples: of((labels, { tokensIn, tokensOut }) => [
        counter({ ...labels, direction: 'in' }, tokensIn),
        counter({ ...labels, direction: 'out' }, tokensOut),
      ]),
    },
  ]
}

/** About the process itself: for who runs it. */
function processFamilies(totals: Totals, routes: Sources['routes'], lostRequests: number): Family[] {
  return [
    {
      name: 'slipway_refusals',
      type: 'counter',
      help: 'Requests refused before they reached an endpoint.',
      samples: [...totals.refusals].map(([status, count]) => counter({ status: String(status) }, count)),
    },
    {
      name: 'slipway_routes_age_seconds',
      type: 'gauge',
      unit: 'seconds',
      help: 'Age of the routes in memory.',
      samples: routes.readAt ? [gauge({}, Math.max(0, (Date.now() - routes.readAt.getTime()) / 1000))] : [],
    },
    {
      name: 'slipway_database_reachable',
      type: 'gauge',
      help: '1 while the last read of the database worked.',
      samples: [gauge({}, routes.isDatabaseReachable ? 1 : 0)],
    },
    {
      name: 'slipway_lost_measurements',
      type: 'counter',
      help: 'Requests that neither disk nor database could record.',
      samples: [counter({}, lostRequests)],
    },
  ]
}
