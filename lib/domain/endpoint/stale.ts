import { z } from 'zod'

/** What `details` of a `stale_revision` holds: enough to show the other person's change and to try again. */
export const staleDetails = z.object({
  revision: z.number(),
  changedBy: z.string(),
  changedAt: z.string(),
  changes: z.array(
    z.object({
      path: z.string(),
      label: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
})
export type StaleDetails = z.infer<typeof staleDetails>
