import { routes } from '@/lib/routes'
import { resource } from './transport'

/** The asking person: name, address, teams and roles. */
export const profileGet = resource({
  name: 'profile.get',
  path: (_: Record<string, never>) => routes.api.profile(),
  schema: async () => (await import('@/lib/domain/access/view')).profileView,
})

/** Where the asking person is signed in, the latest first. */
export const sessionsList = resource({
  name: 'profile.sessions',
  path: (_: Record<string, never>) => routes.api.sessions(),
  schema: async () => (await import('@/lib/domain/access/view')).sessionList,
})
