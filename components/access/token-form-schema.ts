import { z } from 'zod'
import { createTokenInput } from '@/lib/domain/access/inputs'

/** What the form for a new token holds: its selects know only texts. */
export const tokenFormSchema = z.object({
  name: createTokenInput.shape.name,
  scope: createTokenInput.shape.scope,
  endpoint: z.string(),
  expiry: z.string(),
})
