import { z } from 'zod'
import type { TeamInput } from '@/lib/domain/access/inputs'
import { tokenView } from '@/lib/domain/endpoint/view'
import { routes } from '@/lib/routes'
import { resource } from './transport'

/** The team's living API tokens, newest first; never their texts. */
export const tokensList = resource({
  name: 'tokens.list',
  path: ({ team }: TeamInput) => routes.api.tokens(team),
  schema: z.object({ items: z.array(tokenView) }),
})
