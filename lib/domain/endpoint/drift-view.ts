import { z } from 'zod'
import { endpointRef } from './inputs'

/** What was changed outside Slipway, as pages and scripts see it. */
export const driftView = z.object({
  /** What became of the whole of it; null where only settings differ. */
  state: z.enum(['gone', 'paused', 'running']).nullable(),
  sentence: z.string(),
  /** When it was first seen. Whoever resolves it names it by this. */
  since: z.string(),
  /** Why theirs cannot be kept. */
  keepProblem: z.string().nullable(),
})
export type DriftView = z.infer<typeof driftView>

/** Keeping theirs, or putting ours back. */
export const resolveDriftInput = endpointRef.extend({
  /** Of the drift that was seen: another one is not resolved unseen. */
  since: z.iso.datetime(),
})
