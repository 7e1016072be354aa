import type { TeamInput } from '@/lib/domain/access/inputs'
import type { ConnectionRefInput } from '@/lib/domain/connections/inputs'
import { routes } from '@/lib/routes'
import { resource } from './transport'

/** The team's accounts at providers; never their secrets. */
export const connectionsList = resource({
  name: 'connections.list',
  path: ({ team }: TeamInput) => routes.api.connections(team),
  schema: async () => (await import('@/lib/domain/connections/view')).connectionList,
})

/** What exists in an account of the team's, whoever made it. */
export const accountEndpoints = resource({
  name: 'connections.endpoints',
  path: ({ team, connectionId }: ConnectionRefInput) => routes.api.accountEndpoints(team, connectionId),
  schema: async () => (await import('@/lib/domain/connections/account-endpoints')).accountEndpointList,
})
