import { z } from 'zod'

/** What a gateway found where it connected to; nothing of what answers there. */
export const REACHES = [
  'reachable',
  'name_unknown',
  'refused',
  'timed_out',
  'not_allowed',
  'no_gateway',
] as const
export type Reach = (typeof REACHES)[number]

export const reachInput = z.object({ team: z.string().min(1).max(64), address: z.string().trim().max(300) })
export type ReachInput = z.input<typeof reachInput>

/** `message` says what it means and what to do. */
export const reachView = z.object({ reach: z.enum(REACHES), message: z.string() })
export type ReachView = z.infer<typeof reachView>
