import type { TeamInput } from '@/lib/domain/access/inputs'
import { routes } from '@/lib/routes'
import { resource } from './transport'

/** The team's living API tokens, newest first; never their texts. */
export const tokensList = resource({
  name: 'tokens.list',
  path: ({ team }: TeamInput) => routes.api.tokens(team),
  schema: async () => (await import('@/lib/domain/endpoint/view')).tokenList,
})
