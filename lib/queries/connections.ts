import type { TeamInput } from '@/lib/domain/access/inputs'
import { routes } from '@/lib/routes'
import { resource } from './transport'

/** The team's accounts at providers; never their secrets. */
export const connectionsList = resource({
  name: 'connections.list',
  path: ({ team }: TeamInput) => routes.api.connections(team),
  schema: async () => (await import('@/lib/domain/connections/view')).connectionList,
})
