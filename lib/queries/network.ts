import type { ReachInput } from '@/lib/domain/network/reach'
import { routes } from '@/lib/routes'
import { resource } from './transport'

/** Whether the gateways reach an address, looked at now. */
export const networkReach = resource({
  name: 'network.reach',
  path: ({ team, address }: ReachInput) => routes.api.reach(team, { address }),
  schema: async () => (await import('@/lib/domain/network/reach')).reachView,
})
