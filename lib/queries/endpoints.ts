import type { EndpointRefInput, ListEndpointsInput, ListEventsInput } from '@/lib/domain/endpoint/inputs'
import { routes } from '@/lib/routes'
import { resource } from './transport'

/** All endpoints of a team, with what they did in the last 24 hours. */
export const endpointsList = resource({
  name: 'endpoints.list',
  path: ({ team, search, states, tags, sort, direction, deleted }: ListEndpointsInput) =>
    routes.api.endpoints(team, {
      search: search || undefined,
      states: states?.toString() || undefined,
      tags: tags?.toString() || undefined,
      sort,
      direction,
      deleted: deleted ? 'true' : undefined,
    }),
  schema: async () => (await import('@/lib/domain/endpoint/view')).endpointList,
})

/** One endpoint by name, or by id once it is deleted. */
export const endpointGet = resource({
  name: 'endpoints.get',
  path: ({ team, endpoint }: EndpointRefInput) => routes.api.endpoint(team, endpoint),
  schema: async () => (await import('@/lib/domain/endpoint/view')).endpointDetail,
})

/** Its timeline, newest first; `before` pages on. */
export const endpointEvents = resource({
  name: 'endpoints.events',
  path: ({ team, endpoint, before, limit }: ListEventsInput) =>
    routes.api.events(team, endpoint, { before: before?.toString(), limit: limit?.toString() }),
  schema: async () => (await import('@/lib/domain/endpoint/view')).eventPage,
})

/** Every version of its spec, newest first. */
export const endpointRevisions = resource({
  name: 'endpoints.revisions',
  path: ({ team, endpoint }: EndpointRefInput) => routes.api.revisions(team, endpoint),
  schema: async () => (await import('@/lib/domain/endpoint/view')).revisionList,
})
