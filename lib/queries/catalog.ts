import type { TeamInput } from '@/lib/domain/access/inputs'
import { routes } from '@/lib/routes'
import { resource } from './transport'

/** Every provider this installation has: what it can do, its regions, instance types and prices. */
export const catalogGet = resource({
  name: 'catalog.get',
  path: ({ team }: TeamInput) => routes.api.catalog(team),
  schema: async () => (await import('@/lib/domain/hardware/catalog')).catalogView,
})
